// expect: Tapeless: this is the type of an operation, for layers; the function of a value is in tl::math
// within: 20
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::network<net> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.dense("fc", g.input("x", {2, 3})[0], 8);
#ifdef TAPELESS_FAIL
    return tl::relu(x) + tl::sum(x, -1);
#else
    return tl::math::relu(x) + tl::math::sum(x, -1);
#endif
  }
};

static_assert(tl::output_size<net> == 8);
