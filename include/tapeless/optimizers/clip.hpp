#pragma once
// Gradient clipping, as options of a trainer.

#include <tapeless/ops/add.hpp>
#include <tapeless/ops/div.hpp>
#include <tapeless/ops/max.hpp>
#include <tapeless/ops/min.hpp>
#include <tapeless/ops/mul.hpp>
#include <tapeless/ops/sqrt.hpp>
#include <tapeless/ops/square.hpp>
#include <tapeless/ops/sum.hpp>
#include <tapeless/run/options.hpp>

namespace tapeless {

/// Scales all gradients down together where their joint Euclidean norm exceeds Limit.
/// factor = min(1, Limit / (norm + 1e-6)). Source: torch.nn.utils.clip_grad_norm_.
template <auto Limit>
struct clip_by_norm {
  static constexpr option_kind kind = option_kind::clip_by_norm;
  static_assert(Limit > 0, "Tapeless: a gradient is clipped to a positive norm");
  static constexpr void clip(value* g, int count) {
    value total{0.0};
    for (int i = 0; i < count; ++i) total = total + math::sum(math::square(g[i]));
    if (!total.recorded()) return;
    const value factor = math::min(value{Limit} / (math::sqrt(total) + value{1e-6}), value{1.0});
    for (int i = 0; i < count; ++i)
      if (g[i].recorded()) g[i] = g[i] * factor;
  }
};

/// Bounds every element of every gradient to [-Limit, Limit]. Source:
/// torch.nn.utils.clip_grad_value_.
template <auto Limit>
struct clip_by_value {
  static constexpr option_kind kind = option_kind::clip_by_value;
  static_assert(Limit > 0, "Tapeless: a gradient is clipped to a positive value");
  static constexpr void clip(value* g, int count) {
    for (int i = 0; i < count; ++i)
      if (g[i].recorded())
        g[i] = math::min(math::max(g[i], value{-1.0 * Limit}), value{1.0 * Limit});
  }
};

}  // namespace tapeless
