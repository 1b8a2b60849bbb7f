// expect: Tapeless: a loss over the classes of every step needs an output of steps and at least two classes, {steps, classes}
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::sequential<tl::input<4, 12>, tl::dense_per_step<3>
#ifdef TAPELESS_FAIL
                            , tl::flatten
#endif
                            > {};

auto gradient(const tl::parameters<net>& theta, const float* x, const float* t) {
  return tl::value_and_grad<net, tl::sequence_cross_entropy>(theta, x, t);
}
