// expect: Tapeless: a stream needs recurrences that start from numbers, not from parameters
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
struct net : tl::sequential<tl::input<64, 2>, tl::rnn<4, tl::recurrent{.start = tl::starts::learnt}>> {};
#else
struct net : tl::sequential<tl::input<64, 2>, tl::rnn<4>> {};
#endif

float run(tl::stream<net, tl::time_axis<0>>& s, const tl::parameters<net>& theta) {
  float x[2] = {}, y[4] = {};
  s.step(theta, x, y);
  return y[0];
}
