// expect: Tapeless: forward with in<...> and out<...> computes a whole batch
// within: 20
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::sequential<tl::input<2>, tl::dense<3>, tl::dense<2>> {};

void run(const tl::parameters<net>& theta, const float* x, float* y) {
#ifdef TAPELESS_FAIL
  tl::forward<net, tl::batch<4>>(theta, tl::in<"x">(x), tl::out<"y">(y), 3);
#else
  tl::forward<net, tl::batch<4>>(theta, tl::in<"x">(x), tl::out<"y">(y));
#endif
}
