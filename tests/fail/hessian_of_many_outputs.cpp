// expect: Tapeless: hvp and hessian without a loss need a network with one output; give them a
// loss, or sum the outputs in the network
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::network<net> {
  static consteval tl::value define(tl::graph& g) {
    const auto a = g.input("a", tl::shape{3}), b = g.input("b", tl::shape{2});
    return g.dense("fc", tl::math::concat(a, b), 4);
  }
};

#ifdef TAPELESS_FAIL
const auto h = tl::hessian<net>(tl::parameters<net>{}, std::array<float, 5>{});
#else
const auto h = tl::hessian<net, tl::mse>(tl::parameters<net>{}, std::array<float, 5>{},
                                         std::array<float, 4>{});
#endif
