// expect: Tapeless: a stream needs an axis of time in the input
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::sequential<tl::input<2, 64>, tl::conv1d<2, 3>> {};
#ifdef TAPELESS_FAIL
using stream = tl::stream<net, tl::time_axis<2>>;
#else
using stream = tl::stream<net, tl::time_axis<1>>;
#endif

void run(stream& s, const tl::parameters<net>& theta, const float* x, float* y) {
  s.step(theta, x, y);
}
