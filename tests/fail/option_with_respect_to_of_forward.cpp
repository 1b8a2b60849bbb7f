// expect: Tapeless: with_respect_to<...> is an option of jacobian, jvp, vjp, hvp and hessian;
// value_and_grad and trainers leave parameters out by frozen_paths<...>
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::network<net> {
  static consteval tl::value define(tl::graph& g) {
    const auto a = g.input("a", tl::shape{3}), b = g.input("b", tl::shape{2});
    return g.dense("fc", tl::math::concat(a, b), 4);
  }
};

#ifdef TAPELESS_FAIL
const auto y =
    tl::forward<net, tl::with_respect_to<"a">>(tl::parameters<net>{}, std::array<float, 5>{});
#else
const auto y = tl::forward<net>(tl::parameters<net>{}, std::array<float, 5>{});
#endif
