// expect: does not walk back through a scan outside of the body
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::network<net> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{4, 3}), w = g.parameter("w", tl::shape{3});
    const auto before = tl::scan(x * w, x[0], [](tl::value a, tl::value b) { return a * b; });
    return tl::scan(x, x[1], [&](tl::value now, tl::value h) {
#ifdef TAPELESS_FAIL
             const tl::value other = before.last;
#else
             const tl::value other = w * before.last;
             return h + tl::gradient(tl::math::sum(now * h * tl::math::detach(other)), h);
#endif
             return h + tl::gradient(tl::math::sum(now * h * other), w);
           }).last;
  }
};

static_assert(tl::output_size<net> > 0);
