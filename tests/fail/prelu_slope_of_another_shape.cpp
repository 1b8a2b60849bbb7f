// expect: Tapeless: two values of an elementwise operation have shapes that do not broadcast
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
constexpr int slopes = 3;
#else
constexpr int slopes = 4;
#endif

struct net : tl::network<net> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{4});
    return tl::math::prelu(x, g.parameter("slope", tl::shape{slopes}));
  }
};

static_assert(tl::output_size<net> == 4);
