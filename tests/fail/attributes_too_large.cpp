// expect: Tapeless: the attributes of an operation take at most 32 bytes
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct shifted {
  static constexpr const char* name = "shifted";
  static constexpr bool no_gradient = true;
  struct attributes {
    double a, b, c, d;
#ifdef TAPELESS_FAIL
    double e;
#endif
  };
  template <class V>
  static constexpr V forward(V x, const attributes& at) {
    return x + tl::rounded<V>(at.a + at.b + at.c + at.d);
  }
};

struct net : tl::network<net> {
  static consteval tl::value define(tl::graph& g) {
    return tl::apply_with<shifted>({1, 2, 3, 4}, g.input("x", 3));
  }
};

static_assert(tl::forward<net>(tl::parameters<net>{}, std::array<float, 3>{1, 2, 3})[0] == 11);
