// expect: Tapeless: the mask of an attention must broadcast to its scores, {queries, keys} or {heads, queries, keys}
// within: 20
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
constexpr tl::shape mask{6, 4};
#else
constexpr tl::shape mask{4, 6};
#endif
struct net : tl::network<net> {
  static consteval tl::value define(tl::graph& g) {
    const auto x = g.input("x", tl::shape{4, 8}), memory = g.input("memory", tl::shape{6, 8});
    return g.layer<tl::multi_head_attention<8, 2>>("attend", x, memory, g.input("mask", mask));
  }
};

static_assert(tl::output_size<net> == 32);
