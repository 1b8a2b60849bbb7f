// expect: Tapeless: this network has no parameter of that path
// expect: 'f', 'c', '1', '.', 'w', 'e', 'i', 'g', 'h', 't'
// within: 20
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::sequential<tl::input<2>, tl::dense<8>> {};

float first(tl::parameters<net>& theta) {
#ifdef TAPELESS_FAIL
  return theta.view<"fc1.weight">()(0, 0);
#else
  return theta.view<"0.weight">()(0, 0);
#endif
}
