// expect: Tapeless: a network inside another gets another number of values than it has inputs
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct critic : tl::network<critic> {
  static consteval tl::value define(tl::graph& g) {
    return g.dense("out", tl::math::concat(g.input("s", tl::shape{3}), g.input("a", tl::shape{1})), 1);
  }
};
struct net : tl::network<net> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value s = g.input("s", tl::shape{3});
#ifdef TAPELESS_FAIL
    return g.layer<critic>("q", s);
#else
    return g.layer<critic>("q", s, g.dense("a", s, 1));
#endif
  }
};

static_assert(tl::output_size<net> == 1);
