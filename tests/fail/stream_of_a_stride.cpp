// expect: Tapeless: a stream needs one output for each sample
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::sequential<tl::input<2, 64>,
#ifdef TAPELESS_FAIL
                            tl::max_pool1d<2>
#else
                            tl::max_pool1d<tl::kernel{.size = 2, .stride = 1}>
#endif
                            > {
};

float run(tl::stream<net>& s, const tl::parameters<net>& theta) {
  float x[2] = {}, y[2] = {};
  s.step(theta, x, y);
  return y[0];
}
