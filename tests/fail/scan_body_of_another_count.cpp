// expect: Tapeless: the body of a scan returns another number of carried values than it takes
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::network<net> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{4, 3});
#ifdef TAPELESS_FAIL
    const auto body = [](tl::value now, tl::values<2> s) { return now * s[0] * s[1]; };
#else
    const auto body = [](tl::value now, tl::values<2> s) { return tl::values{now * s[0], s[1]}; };
#endif
    return tl::scan(x, tl::values{x[0], x[1]}, body).last[0];
  }
};

static_assert(tl::output_size<net> > 0);
