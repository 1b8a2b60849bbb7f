#pragma once
// The layer of a rectified linear unit whose slope below 0 is learnt.

#include <tapeless/layers/channels.hpp>
#include <tapeless/ops/prelu.hpp>

namespace tapeless {

/// What a prelu is told.
struct prelu_settings {
  bool per_channel = false;  ///< a slope per channel, axis 0 of a sample, instead of one for all
  double start = 0.25;       ///< the slope before training
};

namespace detail {

constexpr value learnt_slope(graph& g, value x, const prelu_settings& s) {
  if (g.failed()) return x;
  const shape dims = x.dims();
  if (s.per_channel && dims.rank < 1) {
    g.fail(problem::layer_needs_channels, g.scope, dims, shape{1, 1, 1});
    return x;
  }
  const value slope =
      g.parameter("weight", shape{s.per_channel ? dims[0] : 1}, starting_at(s.start));
  if (g.failed()) return x;
  return math::prelu(x, s.per_channel ? per_channel(slope, dims) : math::reshape(slope, shape{}));
}

}  // namespace detail

/// y = x for x > 0, else slope x, with a learnt slope, as PyTorch's PReLU.
/// Shapes: x and y {...}, `weight` {1}, or {channels} where the settings say `per_channel`. Starts
/// at 0.25 unless told, whatever scheme `init` is given.
template <prelu_settings S>
struct prelu_with {
  static constexpr value lower(graph& g, value x) { return detail::learnt_slope(g, x, S); }
};

constexpr value prelu::lower(graph& g, value x) { return detail::learnt_slope(g, x, {}); }

}  // namespace tapeless
