#pragma once
// Transformer blocks of width 64 over 64 steps. Benchmarks time them.

#include <tapeless/tapeless.hpp>

namespace attention_nets {

namespace tl = tapeless;

using input = tl::input<64, 64>;

/// Norms last, ReLU: PyTorch's TransformerEncoderLayer(64, 4, 256).
struct encoder : tl::sequential<input, tl::transformer_encoder_layer<64, 4, 256>> {};

/// Norms first, GELU, causal, as in GPT-2.
struct causal
    : tl::sequential<
          input, tl::transformer_encoder_layer<
                     64, 4, 256,
                     tl::transformer_settings{.norm_first = true, .attention = {.causal = true}},
                     tl::gelu>> {};

}  // namespace attention_nets
