// expect: Tapeless: tl::gradient with respect to a constant
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::network<net> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{3});
#ifdef TAPELESS_FAIL
    const tl::value scale = g.constant(0.5, tl::shape{3});  // folded into what is computed from it
#else
    const tl::value scale = g.parameter("scale", tl::shape{3});
#endif
    return x * tl::gradient(tl::math::sum(tl::math::tanh(scale)), scale);
  }
};

static_assert(tl::output_size<net> == 3);
