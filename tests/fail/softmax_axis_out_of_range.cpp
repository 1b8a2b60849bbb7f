// expect: Tapeless: an axis is out of range for the shape it is applied to
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
constexpr int axis = -3;
#else
constexpr int axis = -2;
#endif

struct net : tl::network<net> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{3, 4});
    return tl::math::softmax(x, axis);
  }
};

static_assert(tl::output_size<net> == 12);
