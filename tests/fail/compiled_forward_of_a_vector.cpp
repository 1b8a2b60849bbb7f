// expect: Tapeless: forward takes a std::array, or pointers: engine::forward(
// within: 20
#include <tapeless/tapeless.hpp>
#include <vector>

namespace tl = tapeless;

struct net : tl::sequential<tl::input<2>, tl::dense<8>> {};

void run(const tl::parameters<net>& theta, const std::vector<float>& x, std::vector<float>& y) {
#ifdef TAPELESS_FAIL
  tl::compiled<net>::forward(theta, x, y);
#else
  tl::compiled<net>::forward(theta, x.data(), y.data());
#endif
}
