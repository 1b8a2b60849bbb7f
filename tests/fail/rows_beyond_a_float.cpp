// expect: Tapeless: gather and embedding take at most 16777216 rows
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
constexpr int rows = (1 << 24) + 1;
#else
constexpr int rows = 1 << 24;
#endif
struct net : tl::network<net> {
  static consteval tl::value define(tl::graph& g) {
    return tl::math::gather(g.input("table", tl::shape{rows, 1}), g.input("row", tl::shape{1}));
  }
};
static_assert(tl::input_size<net> == rows + 1);
