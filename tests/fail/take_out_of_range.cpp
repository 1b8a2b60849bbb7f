// expect: Tapeless: a slice reaches beyond the axis it is taken from
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
constexpr int chosen = 8;
#else
constexpr int chosen = -8;
#endif

struct net : tl::network<net> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{8});
    return tl::math::take(x, 0, {1, 3, chosen});
  }
};

static_assert(tl::output_size<net> == 3);
