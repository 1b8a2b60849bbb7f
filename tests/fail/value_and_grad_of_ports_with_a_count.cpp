// expect: Tapeless: value_and_grad with in<...> and target_of<...> computes a whole batch
// within: 20
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::sequential<tl::input<2>, tl::dense<3>, tl::dense<2>> {};

auto run(const tl::parameters<net>& theta, const float* x, const float* y) {
#ifdef TAPELESS_FAIL
  return tl::value_and_grad<net, tl::mse, tl::batch<4>>(theta, tl::in<"x">(x),
                                                        tl::target_of<"y">(y), 3);
#else
  return tl::value_and_grad<net, tl::mse, tl::batch<4>>(theta, tl::in<"x">(x),
                                                        tl::target_of<"y">(y));
#endif
}
