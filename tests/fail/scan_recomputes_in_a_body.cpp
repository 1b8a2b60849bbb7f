// expect: Tapeless: a scan in the body of another scan recomputes no steps; let the outer scan do
// so
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::network<net> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{4, 6, 3});
#ifdef TAPELESS_FAIL
    constexpr tl::scan_options inner{.recompute = 2};
#else
    constexpr tl::scan_options inner{};
#endif
    return tl::scan(x, g.constant(0, tl::shape{3}),
                    [](tl::value rows, tl::value h) {
                      return tl::scan(
                                 rows, h, [](tl::value now, tl::value s) { return now * s; }, inner)
                          .last;
                    })
        .last;
  }
};

static_assert(tl::output_size<net> > 0);
