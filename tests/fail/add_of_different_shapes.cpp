// expect: Tapeless: two values of an elementwise operation have shapes that do not broadcast to each other
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
constexpr int width = 12;
#else
constexpr int width = 16;
#endif

struct net : tl::network<net> {
  static consteval tl::value define(tl::graph& g) {
    const auto x = g.input("x", tl::shape{16});
    return x + g.dense("fc1", x, width);
  }
};

static_assert(tl::output_size<net> == 16);
