// expect: Tapeless: an operation has operands of two scans
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::network<net> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{4, 3});
#ifdef TAPELESS_FAIL
    const bool escapes = true;
#else
    const bool escapes = false;
#endif
    tl::value escaped = x[0];
    const auto first = tl::scan(x, x[0], [&](tl::value now, tl::value h) {
      if (escapes) escaped = now;
      return now + h;
    });
    return tl::scan(first.all, x[0], [&](tl::value now, tl::value h) { return now + h * escaped; }).last;
  }
};

static_assert(tl::output_size<net> > 0);
