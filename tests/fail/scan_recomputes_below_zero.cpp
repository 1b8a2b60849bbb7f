// expect: Tapeless: what a scan recomputes is a number of steps, 0 to keep all of them
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::network<net> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{4, 3});
#ifdef TAPELESS_FAIL
    constexpr tl::scan_options options{.recompute = -2};
#else
    constexpr tl::scan_options options{.recompute = 2};
#endif
    return tl::scan(
               x, g.constant(0, tl::shape{3}), [](tl::value now, tl::value h) { return now * h; },
               options)
        .last;
  }
};

static_assert(tl::output_size<net> > 0);
