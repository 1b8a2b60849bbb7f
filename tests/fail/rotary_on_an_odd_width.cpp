// expect: Tapeless: rotary positions turn pairs of features; the width must be even
// within: 20
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
constexpr int width = 5;
#else
constexpr int width = 6;
#endif
struct net : tl::network<net> {
  static consteval tl::value define(tl::graph& g) {
    return tl::math::rotary_positions(g.input("x", tl::shape{3, width}), tl::rotary::interleaved);
  }
};

static_assert(tl::output_size<net> == 18);
