#pragma once
// Normalisation: over the batch, over features, over groups of channels, and by fixed numbers.

#include <tapeless/layers/channels.hpp>
#include <tapeless/ops/max.hpp>
#include <tapeless/ops/sample_share.hpp>
#include <tapeless/ops/standardized.hpp>
#include <tapeless/ops/write_back.hpp>
#include <tapeless/transform/affine_before.hpp>

namespace tapeless {

/// Whether a normalisation has a learnt factor and a learnt constant per channel or element.
enum class affine : bool { off, on };

namespace detail {

/// Epsilon and momentum as PyTorch has them.
inline constexpr double usual_epsilon = 1e-5, usual_momentum = 0.1;

template <auto Epsilon>
constexpr auto explain_epsilon() {
  static_assert(Epsilon >= 0, "Tapeless: the epsilon of a normalisation is at least 0");
}

/// y weight + bias, one of each per channel.
constexpr value scaled_channels(graph& g, value y) {
  const shape channels{y.dims()[0]};
  const value weight = g.parameter("weight", channels, starting_at(1));
  const value shift = g.parameter("bias", channels, starting_at(0));
  return y * per_channel(weight, y.dims()) + per_channel(shift, y.dims());
}

/// Notes what a running mean belongs to, for `fold`; false where the statistics follow another value
/// already.
constexpr bool note_statistics(graph& g, value running_mean, value x, double epsilon) {
  tensor& t = g.tensors[tensor_of(g[running_mean.id])];
  if (t.normalized >= 0) {
    g.fail(problem::batch_norm_twice, g.scope, x.dims(), x.dims());
    return false;
  }
  t.weights = affine_before<graph>{g, x.id}.weights;
  t.normalized = x.id;
  t.epsilon = epsilon;
  return true;
}

/// x, whose layer takes up the normalisation: with a fresh bias where the layer has none.
constexpr value folded_into_weights(graph& g, value x, const affine_before<graph>& layer) {
  if (layer.bias >= 0) return x;
  const path bias = g.tensors[layer.weights].name.with_end("weight", "bias");
  const value b = g.leaf(bias, place::parameters, shape{x.dims()[0]}, false);
  if (g.failed()) return x;
  g.tensors[tensor_of(g[b.id])].init = starting_at(0);
  return x + per_channel(b, x.dims());
}

constexpr value normalize_batch(graph& g, value x, double epsilon, double momentum,
                                bool with_affine) {
  const shape dims = x.dims();
  if (g.failed() || dims.rank < 1) {
    if (!g.failed()) g.fail(problem::layer_needs_channels, g.scope, dims, shape{1, 1, 1});
    return x;
  }
  const shape channels{dims[0]};
  const affine_before<graph> layer{g, x.id};
  if (g.folds && layer.weights >= 0) return folded_into_weights(g, x, layer);
  value weight, shift;
  if (with_affine) {
    weight = g.parameter("weight", channels, starting_at(1));
    shift = g.parameter("bias", channels, starting_at(0));
  }
  const value running_mean = fixed_parameter(g, "running_mean", channels, starting_at(0));
  const value running_variance = fixed_parameter(g, "running_var", channels, starting_at(1));
  if (g.failed() || !note_statistics(g, running_mean, x, epsilon)) return x;
  if (!g.training) {
    value factor = value{1.0} / math::sqrt(running_variance + value{epsilon});
    if (with_affine) factor = factor * weight;
    value start = -running_mean * factor;
    if (with_affine) start = start + shift;
    return x * per_channel(factor, dims) + per_channel(start, dims);
  }
  if (!x.batched()) x = apply<spread>(x);
  g.crosses_samples = true;
  const standardized::attributes a{reduced_axes::all(dims) & ~1u, true, epsilon};
  const value share = number_of_batch<sample_share>(g);
  const value y = apply_with<standardized>(a, x, share);
  // Running statistics follow those of the batch; the variance is the unbiased one, as PyTorch's.
  const double positions = dims.count() / dims[0];
  const value n = number_of_batch<sample_count>(g) * value{positions};
  const value unbiased = n / math::max(n - value{1.0}, value{1.0});
  const auto follow = [&](value running, value now, int tensor) {
    const value next = running * value{1 - momentum} + math::reshape(now, channels) * value{momentum};
    store(next, place::parameters, 0, tensor);
  };
  follow(running_mean, standardized::mean(x, share, a), tensor_of(g[running_mean.id]));
  follow(running_variance, standardized::variance(x, share, a) * unbiased,
         tensor_of(g[running_variance.id]));
  return with_affine ? y * per_channel(weight, dims) + per_channel(shift, dims) : y;
}

/// The last axes of a shape, as bits and as a shape of their own; says so where there are fewer.
struct trailing_axes {
  unsigned bits = 0;
  shape dims;
  bool fits;

  constexpr trailing_axes(graph& g, const shape& x, int count, const char* layer)
      : fits{!g.failed() && count > 0 && count <= x.rank} {
    if (count > x.rank) g.fail(problem::axis_out_of_range, path{layer}, shape{count}, x);
    for (int i = x.rank - count; i < x.rank && fits; ++i) {
      bits |= 1u << i;
      dims = dims.append(x[i]);
    }
  }
};

constexpr value normalize_groups(graph& g, value x, int groups, double epsilon, bool with_affine) {
  const shape dims = x.dims();
  if (g.failed()) return x;
  if (dims.rank < 1 || groups < 1 || dims[0] % groups != 0) {
    g.fail(problem::groups_do_not_divide, g.scope, shape{groups}, dims);
    return x;
  }
  if (dims.count() == groups) {
    g.fail(problem::norm_of_one, g.scope, shape{groups}, dims);
    return x;
  }
  shape apart{groups, dims[0] / groups};
  for (int i = 1; i < dims.rank; ++i) apart = apart.append(dims[i]);
  const standardized::attributes a{reduced_axes::all(apart) & ~1u, false, epsilon};
  const value y = math::reshape(
      apply_with<standardized>(a, math::reshape(x, apart), g.constant(1.0)), dims);
  return with_affine ? scaled_channels(g, y) : y;
}

}  // namespace detail

/// (x - mean) / sqrt(variance + Epsilon) * weight + bias of each channel, over the samples of the
/// batch and all positions, as PyTorch's BatchNorm1d and BatchNorm2d. While training, mean and
/// variance are those of the batch, and `running_mean` and `running_var` move towards them by
/// Momentum; otherwise they are the running ones. A batch of fewer rows counts its own rows alone.
/// Shapes: x {channels} or {channels, ...}; `weight`, `bias`, `running_mean`, `running_var`
/// {channels}. Running statistics are no parameters that train: no optimizer and no gradient sees
/// them, but they are saved and loaded by their names.
/// Errors: a training step over one sample of one position does not compile.
template <auto Epsilon = detail::usual_epsilon, auto Momentum = detail::usual_momentum,
          affine Affine = affine::on>
struct batch_norm {
  static constexpr auto explain() {
    static_assert(Epsilon >= 0 && Momentum >= 0 && Momentum <= 1,
                  "Tapeless: batch_norm takes an epsilon of at least 0 and a momentum from 0 to 1");
  }
  static constexpr value lower(graph& g, value x) {
    return detail::normalize_batch(g, x, Epsilon, Momentum, Affine == affine::on);
  }
};

/// The same for each sample over its last Axes axes, with a factor and a constant per element, as
/// PyTorch's LayerNorm: `weight` and `bias` have the shape of these axes.
template <int Axes = 1, auto Epsilon = detail::usual_epsilon, affine Affine = affine::on>
struct layer_norm {
  static constexpr auto explain() {
    static_assert(Axes > 0, "Tapeless: layer_norm works over at least one axis");
    detail::explain_epsilon<Epsilon>();
  }
  static constexpr value lower(graph& g, value x) {
    const detail::trailing_axes own(g, x.dims(), Axes, "layer_norm");
    if (!own.fits) return x;
    const value y = apply_with<standardized>({own.bits, false, Epsilon}, x, g.constant(1.0));
    if (Affine == affine::off) return y;
    const value weight = g.parameter("weight", own.dims, detail::starting_at(1));
    return y * weight + g.parameter("bias", own.dims, detail::starting_at(0));
  }
};

/// x / sqrt(mean of x^2 over the last Axes axes + Epsilon) * weight, as PyTorch's RMSNorm.
template <int Axes = 1, auto Epsilon = detail::usual_epsilon, affine Affine = affine::on>
struct rms_norm {
  static constexpr auto explain() {
    static_assert(Axes > 0, "Tapeless: rms_norm works over at least one axis");
    detail::explain_epsilon<Epsilon>();
  }
  static constexpr value lower(graph& g, value x) {
    const detail::trailing_axes own(g, x.dims(), Axes, "rms_norm");
    if (!own.fits) return x;
    const value mean = apply_with<sum>({.axes = own.bits, .keep = true}, math::square(x)) *
                       value{1.0 / own.dims.count()};
    const value y = x * (value{1.0} / math::sqrt(mean + value{Epsilon}));
    return Affine == affine::off ? y : y * g.parameter("weight", own.dims, detail::starting_at(1));
  }
};

/// The same for each sample over groups of channels and all positions, as PyTorch's GroupNorm:
/// `weight` and `bias` {channels}.
template <int Groups, auto Epsilon = detail::usual_epsilon, affine Affine = affine::on>
struct group_norm {
  static constexpr auto explain() {
    static_assert(Groups > 0, "Tapeless: group_norm has at least one group");
    detail::explain_epsilon<Epsilon>();
  }
  static constexpr value lower(graph& g, value x) {
    return detail::normalize_groups(g, x, Groups, Epsilon, Affine == affine::on);
  }
};

/// The same for each channel of each sample, as PyTorch's InstanceNorm, without learnt numbers
/// unless told.
template <auto Epsilon = detail::usual_epsilon, affine Affine = affine::off>
struct instance_norm {
  static constexpr auto explain() { detail::explain_epsilon<Epsilon>(); }
  static constexpr value lower(graph& g, value x) {
    return detail::normalize_groups(g, x, x.dims().rank > 0 ? x.dims()[0] : 1, Epsilon,
                                    Affine == affine::on);
  }
};

/// (x - mean) / scale of each channel by numbers that are set, not learnt: `mean` and `scale`
/// {channels} start at 0 and 1.
struct normalizer {
  static constexpr value lower(graph& g, value x) {
    if (g.failed() || x.dims().rank < 1) {
      if (!g.failed()) g.fail(problem::layer_needs_channels, g.scope, x.dims(), shape{1, 1, 1});
      return x;
    }
    const shape channels{x.dims()[0]};
    const value mean = detail::fixed_parameter(g, "mean", channels, detail::starting_at(0));
    const value scale = detail::fixed_parameter(g, "scale", channels, detail::starting_at(1));
    return (x - detail::per_channel(mean, x.dims())) *
           (value{1.0} / detail::per_channel(scale, x.dims()));
  }
};

}  // namespace tapeless
