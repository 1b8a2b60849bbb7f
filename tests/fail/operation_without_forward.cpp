// expect: Tapeless: this operation has no 'forward' that takes its operands
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct twice {
  static constexpr const char* name = "twice";
#ifndef TAPELESS_FAIL
  template <class V>
  static constexpr V forward(V x) {
    return x + x;
  }
#endif
  template <class V>
  static constexpr V backward(V dy, V, V) {
    return dy + dy;
  }
};
struct net : tl::network<net> {
  static consteval tl::value define(tl::graph& g) {
    return tl::apply<twice>(g.input("x", tl::shape{2}));
  }
};
auto run(const std::array<float, 2>& x) { return tl::forward<net>(tl::parameters<net>{}, x); }
