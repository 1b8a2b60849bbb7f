// expect: Tapeless: clip_by_norm<L> is an option of trainer, compiled_trainer and
// c_training_source; forward and value_and_grad make no update and clip nothing
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::sequential<tl::input<2>, tl::dense<3>, tl::dense<2>> {};

#ifdef TAPELESS_FAIL
using options = tl::clip_by_norm<1.0>;
#else
using options = tl::batch<1>;
#endif
void run(const tl::parameters<net>& t, const float* x, float* y) {
  tl::forward<net, options>(t, x, y);
}
