// expect: Tapeless: a recurrent layer takes a sequence of vectors, {steps, features}
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::network<net> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{4, 3});
#ifdef TAPELESS_FAIL
    const tl::value xs = tl::math::flatten(x);
#else
    const tl::value xs = x;
#endif
    return g.layer<tl::gru<5>>("gru", xs);
  }
};

static_assert(tl::output_size<net> > 0);
