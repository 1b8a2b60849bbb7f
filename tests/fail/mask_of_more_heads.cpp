// expect: Tapeless: the mask of an attention must broadcast to its scores, {queries, keys} or {heads, queries, keys}
// within: 20
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
constexpr tl::shape mask{2, 4, 4};
#else
constexpr tl::shape mask{3, 4, 4};
#endif
struct net : tl::network<net> {
  static consteval tl::value define(tl::graph& g) {
    const auto x = g.input("x", tl::shape{3, 4, 8});
    return tl::math::scaled_dot_product_attention(x, x, x, g.input("mask", mask));
  }
};

static_assert(tl::output_size<net> == 96);
