// expect: Tapeless: forward takes a std::array, or pointers:
// within: 20
#include <tapeless/tapeless.hpp>
#include <vector>

namespace tl = tapeless;

struct net : tl::sequential<tl::input<2>, tl::dense<8>> {};

void run(const tl::parameters<net>& theta, const std::vector<float>& x, std::vector<float>& y) {
#ifdef TAPELESS_FAIL
  tl::forward<net>(theta, x);
  tl::forward<net>(theta, x, y);
#else
  tl::forward<net>(theta, x.data(), y.data());
#endif
}
