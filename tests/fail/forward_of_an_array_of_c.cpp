// expect: Tapeless: forward takes a std::array, or pointers to input and output
// within: 20
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::sequential<tl::input<2>, tl::dense<3>, tl::dense<2>> {};

auto run(const tl::parameters<net>& theta) {
#ifdef TAPELESS_FAIL
  const float x[2] = {1, 0};
#else
  const std::array<float, 2> x{1, 0};
#endif
  return tl::forward<net>(theta, x);
}
