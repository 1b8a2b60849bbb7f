// expect: Tapeless: the body of a map returns what each element becomes: a value, or
// tl::values{...} within: 20
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::network<net> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{4, 3});
#ifdef TAPELESS_FAIL
    tl::map(x, [](tl::value e) { (void)(e * 2.0); });
    return x;
#else
    return tl::map(x, [](tl::value e) { return e * 2.0; });
#endif
  }
};

static_assert(tl::output_size<net> == 12);
