// expect: Tapeless: derivatives take a std::array per sample, or pointers to rows for all operands
// and results
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::network<net> {
  static consteval tl::value define(tl::graph& g) {
    const auto a = g.input("a", tl::shape{3}), b = g.input("b", tl::shape{2});
    return g.dense("fc", tl::math::concat(a, b), 4);
  }
};

#ifdef TAPELESS_FAIL
const std::array<float, 4>* u = nullptr;
const auto h = tl::vjp<net>(tl::parameters<net>{}, std::array<float, 5>{}, u);
#else
const auto h = tl::vjp<net>(tl::parameters<net>{}, std::array<float, 5>{}, std::array<float, 4>{});
#endif
