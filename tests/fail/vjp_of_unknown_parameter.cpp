// expect: Tapeless: with_respect_to<...> has a name that is no input and no path of a parameter of
// this network
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::network<net> {
  static consteval tl::value define(tl::graph& g) {
    const auto a = g.input("a", tl::shape{3}), b = g.input("b", tl::shape{2});
    return g.dense("fc", tl::math::concat(a, b), 4);
  }
};

#ifdef TAPELESS_FAIL
const auto j = tl::vjp<net, tl::with_respect_to<"fc.weigth">>(
    tl::parameters<net>{}, std::array<float, 5>{}, std::array<float, 4>{});
#else
const auto j = tl::vjp<net, tl::with_respect_to<"fc.weight">>(
    tl::parameters<net>{}, std::array<float, 5>{}, std::array<float, 4>{});
#endif
