// expect: Tapeless: the projection of an lstm is smaller than its hidden state
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::network<net> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{4, 3});
#ifdef TAPELESS_FAIL
    constexpr int projected = 5;
#else
    constexpr int projected = 3;
#endif
    return g.layer<tl::lstm<5, tl::recurrent{.projection = projected}>>("lstm", x);
  }
};

static_assert(tl::output_size<net> > 0);
