// expect: Tapeless: the body of a scan returns a carried value of another shape than its start has
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::network<net> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{4, 3});
#ifdef TAPELESS_FAIL
    const tl::value start = tl::math::slice(x[0], 0, 0, 1);
#else
    const tl::value start = x[0];
#endif
    return tl::scan(x, start, [](tl::value now, tl::value h) { return now + h; }).last;
  }
};

static_assert(tl::output_size<net> > 0);
