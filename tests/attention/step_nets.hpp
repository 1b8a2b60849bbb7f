#pragma once
// Small nets with attention, for the laws.

#include <laws/step_law.hpp>

namespace laws {

/// Norms first, dropout, rotary positions, fewer heads of keys and values.
struct small_encoder
    : tl::sequential<
          tl::input<5, 8>, tl::sinusoidal_positions<>,
          tl::transformer_encoder_layer<8, 4, 10,
                                        tl::transformer_settings{
                                            .norm_first = true,
                                            .dropout = 0.2,
                                            .attention = {.causal = true,
                                                          .kv_heads = 2,
                                                          .positions = tl::rotary::half_split}},
                                        tl::gelu>,
          tl::dense_per_step<3>> {};

/// Attention to a memory under a mask that hides whole rows, and a learnt bias by distance.
struct small_decoder : tl::network<small_decoder> {
  static consteval tl::value define(tl::graph& g) {
    const auto x = g.input("x", tl::shape{4, 6}), memory = g.input("memory", tl::shape{3, 6});
    const auto shown = g.input("mask", tl::shape{4, 3}) > tl::value{-0.25};
    constexpr tl::transformer_settings settings{
        .attention = {.relative = tl::score_bias::learnt, .reach = 2},
        .masked_memory = tl::mask::shown};
    const auto none = tl::value{};
    return g.layer<tl::transformer_decoder_layer<6, 2, 7, settings, tl::tanh>>("block", x, memory,
                                                                               none, shown);
  }
};

}  // namespace laws
