// expect: Tapeless: a stream takes blocks<...>, time_axis<A>
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::sequential<tl::input<2, 64>, tl::conv1d<2, 3>> {};
#ifdef TAPELESS_FAIL
using stream = tl::stream<net, tl::batch<4>>;
#else
using stream = tl::stream<net, tl::scalar_type<float>>;
#endif

void run(stream& s, const tl::parameters<net>& theta, const float* x, float* y) {
  s.step(theta, x, y);
}
