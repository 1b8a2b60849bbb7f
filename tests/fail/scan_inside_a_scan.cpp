// expect: Tapeless: a scan inside the body of a scan has at most 64 steps, and is no part of an inner network
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
inline constexpr int steps = 65;
#else
inline constexpr int steps = 3;
#endif
struct net : tl::network<net> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{4, steps});
    const auto inner = [](tl::value row, tl::value h) {
      return tl::scan(row, h[0], [](tl::value a, tl::value b) { return a + b; }).last * h;
    };
    return tl::scan(x, x[0], inner).last;
  }
};

static_assert(tl::output_size<net> > 0);
