// expect: Tapeless: one step of an attention takes x {1, width} and a cache {2, steps, width of keys}, of a stack {layers, 2, steps, width of keys}
// within: 20
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
constexpr tl::shape cache{2, 5, 4};
#else
constexpr tl::shape cache{2, 5, 8};
#endif
using layer = tl::multi_head_attention<8, 2, tl::attention_settings{.causal = true}>;
struct net : tl::network<net> {
  static consteval tl::value define(tl::graph& g) {
    return layer::step(g, "a", g.input("x", tl::shape{1, 8}), g.input("cache", cache),
                       g.input("position", tl::shape{}))
        .y;
  }
};

static_assert(tl::output_size<net> == 8);
