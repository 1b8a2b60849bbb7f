// expect: Tapeless: a window needs a size, a stride and a dilation of at least 1, and no negative padding
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
constexpr int taps = 0;
#else
constexpr int taps = 3;
#endif

struct net : tl::network<net> {
  static consteval tl::value define(tl::graph& g) {
    return tl::math::window(g.input("x", tl::shape{9}), 0, taps);
  }
};

static_assert(tl::output_size<net> == 21);
