// expect: Tapeless: a slice reaches beyond the axis it is taken from
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
constexpr int step = -3;
#else
constexpr int step = -2;
#endif

struct net : tl::network<net> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{8});
    return tl::math::slice(x, 0, 5, 3, step);
  }
};

static_assert(tl::output_size<net> == 3);
