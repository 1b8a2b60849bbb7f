// expect: Tapeless: one sample was given where the options say a batch; pass pointers to the rows of the batch
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::sequential<tl::input<2>, tl::dense<1>> {};

auto run(const tl::parameters<net>& theta, const std::array<float, 2>& x, const std::array<float, 1>& t) {
#ifdef TAPELESS_FAIL
  return tl::value_and_grad<net, tl::mse, tl::batch<4>>(theta, x, t);
#else
  return tl::value_and_grad<net, tl::mse>(theta, x, t);
#endif
}
