// expect: Tapeless: this array has another number of scalars than the inputs, outputs, targets or
// variables that a derivative needs there
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::network<net> {
  static consteval tl::value define(tl::graph& g) {
    const auto a = g.input("a", tl::shape{3}), b = g.input("b", tl::shape{2});
    return g.dense("fc", tl::math::concat(a, b), 4);
  }
};

#ifdef TAPELESS_FAIL
const auto j = tl::jvp<net, tl::with_respect_to<"b">>(tl::parameters<net>{}, std::array<float, 5>{},
                                                      std::array<float, 5>{});
#else
const auto j = tl::jvp<net, tl::with_respect_to<"b">>(tl::parameters<net>{}, std::array<float, 5>{},
                                                      std::array<float, 2>{});
#endif
