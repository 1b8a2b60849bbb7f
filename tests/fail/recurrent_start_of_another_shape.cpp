// expect: Tapeless: a start of a recurrent layer has another shape than the state
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::network<net> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{4, 3});
#ifdef TAPELESS_FAIL
    const tl::value start = x[0];
#else
    const tl::value start = tl::math::concat(x[0], x[1]);
#endif
    return g.layer<tl::rnn<6>>("rnn", x, start);
  }
};

static_assert(tl::output_size<net> > 0);
