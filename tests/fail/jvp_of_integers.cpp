// expect: Tapeless: the parameters and the data of a call have different scalar types
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::network<net> {
  static consteval tl::value define(tl::graph& g) {
    const auto a = g.input("a", tl::shape{3}), b = g.input("b", tl::shape{2});
    return g.dense("fc", tl::math::concat(a, b), 4);
  }
};

#ifdef TAPELESS_FAIL
const auto j = tl::jvp<net>(tl::parameters<net>{}, std::array<int, 5>{}, std::array<float, 5>{});
#else
const auto j = tl::jvp<net>(tl::parameters<net>{}, std::array<float, 5>{}, std::array<float, 5>{});
#endif
