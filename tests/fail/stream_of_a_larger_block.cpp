// expect: Tapeless: a block of a stream has at least one sample and at most the largest
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::sequential<tl::input<2, 64>, tl::conv1d<2, 3>> {};

void run(tl::stream<net, tl::blocks<16, 1>>& s, const tl::parameters<net>& theta, const float* x, float* y) {
#ifdef TAPELESS_FAIL
  s.process<17>(theta, x, y);
#else
  s.process<16>(theta, x, y);
#endif
}
