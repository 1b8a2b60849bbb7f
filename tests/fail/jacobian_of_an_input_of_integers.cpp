// expect: Tapeless: with_respect_to<...> names an input of integers, which has no derivative
#include <cstdint>
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::network<net> {
  static consteval tl::value define(tl::graph& g) {
    const auto a = g.input_of<std::int32_t>("a", tl::shape{3});
    return g.dense("fc", tl::math::concat(a, g.input("b", tl::shape{2})), 4);
  }
};

#ifdef TAPELESS_FAIL
const auto j =
    tl::jacobian<net, tl::with_respect_to<"a">>(tl::parameters<net>{}, std::array<float, 5>{});
#else
const auto j =
    tl::jacobian<net, tl::with_respect_to<"b">>(tl::parameters<net>{}, std::array<float, 5>{});
#endif
