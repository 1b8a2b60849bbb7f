// expect: Tapeless: a stream needs layers that look back alone
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::sequential<tl::input<2, 64>,
#ifdef TAPELESS_FAIL
                            tl::conv1d<2, tl::kernel{.size = 3, .padding = tl::padding::same}>
#else
                            tl::conv1d<2, tl::kernel{.size = 3, .padding = tl::padding::causal}>
#endif
                            > {
};

float run(tl::stream<net>& s, const tl::parameters<net>& theta) {
  float x[2] = {}, y[2] = {};
  s.step(theta, x, y);
  return y[0];
}
