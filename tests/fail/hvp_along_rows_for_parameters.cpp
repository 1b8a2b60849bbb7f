// expect: Tapeless: a derivative with respect to parameters takes and gives tl::parameters of the
// network, and rows stand there; see with_respect_to<...>
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::network<net> {
  static consteval tl::value define(tl::graph& g) {
    const auto a = g.input("a", tl::shape{3}), b = g.input("b", tl::shape{2});
    return g.dense("fc", tl::math::concat(a, b), 4);
  }
};

#ifdef TAPELESS_FAIL
const auto h = tl::hvp<net, tl::mse, tl::with_respect_to<"fc">>(
    tl::parameters<net>{}, std::array<float, 5>{}, std::array<float, 4>{}, std::array<float, 24>{});
#else
const auto h = tl::hvp<net, tl::mse, tl::with_respect_to<"fc">>(
    tl::parameters<net>{}, std::array<float, 5>{}, std::array<float, 4>{}, tl::parameters<net>{});
#endif
