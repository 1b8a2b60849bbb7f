// expect: Tapeless: a derivative is taken with respect to inputs or to parameters; make two calls
// for both
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::network<net> {
  static consteval tl::value define(tl::graph& g) {
    const auto a = g.input("a", tl::shape{3}), b = g.input("b", tl::shape{2});
    return g.dense("fc", tl::math::concat(a, b), 4);
  }
};

#ifdef TAPELESS_FAIL
const auto j = tl::jacobian<net, tl::with_respect_to<"a", "fc">>(tl::parameters<net>{},
                                                                 std::array<float, 5>{});
#else
const auto j =
    tl::jacobian<net, tl::with_respect_to<"a", "b">>(tl::parameters<net>{}, std::array<float, 5>{});
#endif
