// expect: Tapeless: the sizes of blocks fall, and the last of them is 1
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::sequential<tl::input<2, 64>, tl::conv1d<2, 3>> {};
#ifdef TAPELESS_FAIL
using stream = tl::stream<net, tl::blocks<1, 8>>;
#else
using stream = tl::stream<net, tl::blocks<8, 1>>;
#endif

void run(stream& s, const tl::parameters<net>& theta, const float* x, float* y) {
  s.step(theta, x, y);
}
