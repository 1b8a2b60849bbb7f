// expect: Tapeless: this layer takes one value; a network with several inputs declares them by g.input
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::network<net> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value s = g.input("s", tl::shape{3});
#ifdef TAPELESS_FAIL
    return g.layer<tl::dense<2>>("q", s, s);
#else
    return g.layer<tl::dense<2>>("q", s);
#endif
  }
};

static_assert(tl::output_size<net> == 2);
