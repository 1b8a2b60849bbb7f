// expect: Tapeless: this operation has no 'backward' that takes dy, its operands and its result
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct doubled {
  static constexpr const char* name = "doubled";
#ifndef TAPELESS_FAIL
  static constexpr bool no_gradient = true;
#endif
  template <class V>
  static constexpr V forward(V x) {
    return x + x;
  }
};

struct net : tl::sequential<tl::input<4>, tl::dense<3>, doubled> {};

float run() { return tl::forward<net>(tl::parameters<net>{}, std::array<float, 4>{})[0]; }
