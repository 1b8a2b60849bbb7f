// expect: Tapeless: a scan inside the body of a scan inside the body of a third one has at most 64 steps
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
inline constexpr int steps = 65;
#else
inline constexpr int steps = 3;
#endif
struct net : tl::network<net> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{4, 7, steps});
    const auto inner = [](tl::value row, tl::value h) {
      return tl::scan(row, h[0], [](tl::value a, tl::value b) { return a + b; }).last * h;
    };
    const auto middle = [&](tl::value rows, tl::value h) { return tl::scan(rows, h, inner).last; };
    return tl::scan(x, x[0][0], middle).last;
  }
};

static_assert(tl::output_size<net> > 0);
