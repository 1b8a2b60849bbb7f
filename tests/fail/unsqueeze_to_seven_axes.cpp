// expect: Tapeless: an axis is out of range for the shape it is applied to
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
constexpr tl::shape dims = tl::shape(1, 1, 2, 3, 1, 2);
#else
constexpr tl::shape dims = tl::shape(1, 2, 3, 1, 2);
#endif

struct net : tl::network<net> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{12});
    return tl::math::unsqueeze(tl::math::reshape(x, dims), 0);
  }
};

static_assert(tl::output_size<net> == 12);
