// expect: Tapeless: a reshape must keep the number of elements
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
constexpr int axis = 1;
#else
constexpr int axis = 0;
#endif

struct net : tl::network<net> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{1, 4});
    return tl::math::squeeze(x, axis);
  }
};

static_assert(tl::output_size<net> == 4);
