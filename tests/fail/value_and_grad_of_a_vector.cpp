// expect: Tapeless: value_and_grad takes two std::array, or pointers:
// within: 20
#include <tapeless/tapeless.hpp>
#include <vector>

namespace tl = tapeless;

struct net : tl::sequential<tl::input<2>, tl::dense<8>> {};

float run(const tl::parameters<net>& theta, const std::vector<float>& x, const std::vector<float>& t) {
#ifdef TAPELESS_FAIL
  return tl::value_and_grad<net, tl::mse>(theta, x, t).loss;
#else
  return tl::value_and_grad<net, tl::mse>(theta, x.data(), t.data()).loss;
#endif
}
