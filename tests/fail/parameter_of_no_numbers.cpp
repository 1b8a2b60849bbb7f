// expect: Tapeless: every axis of a value has one element or more
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
constexpr int columns = -1;
#else
constexpr int columns = 1;
#endif
struct net : tl::network<net> {
  static consteval tl::value define(tl::graph& g) {
    return g.input("x", tl::shape{3}) * tl::math::sum(g.parameter("w", tl::shape{3, columns}));
  }
};
auto run() { return tl::forward<net>(tl::init<net>(tl::seed{1}), std::array{1.0f, 2.0f, 3.0f}); }
