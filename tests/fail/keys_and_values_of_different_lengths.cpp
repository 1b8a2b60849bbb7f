// expect: Tapeless: the keys and the values of an attention have different lengths or heads
// within: 20
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
constexpr int values = 5;
#else
constexpr int values = 6;
#endif
struct net : tl::network<net> {
  static consteval tl::value define(tl::graph& g) {
    const auto q = g.input("q", tl::shape{4, 8}), k = g.input("k", tl::shape{6, 8});
    return tl::math::scaled_dot_product_attention(q, k, g.input("v", tl::shape{values, 3}));
  }
};

static_assert(tl::output_size<net> == 12);
