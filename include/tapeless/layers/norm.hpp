#pragma once
// Normalisation: over the batch, over features, over groups of channels, and by fixed numbers.

#include <string_view>
#include <tapeless/layers/layer.hpp>
#include <tapeless/ops/contract.hpp>
#include <tapeless/ops/greater.hpp>
#include <tapeless/ops/max.hpp>
#include <tapeless/ops/select.hpp>
#include <tapeless/ops/standardized.hpp>
#include <tapeless/ops/write_back.hpp>

namespace tapeless {

/// Whether a normalisation has a learnt factor and a learnt constant per channel or element.
enum class affine : bool { off, on };

namespace detail {

constexpr double draw_one(generator&, const initializer&) { return 1; }
constexpr double draw_zero(generator&, const initializer&) { return 0; }

/// Epsilon and momentum as PyTorch has them.
inline constexpr double usual_epsilon = 1e-5, usual_momentum = 0.1;

template <auto Epsilon>
constexpr auto explain_epsilon() {
  static_assert(Epsilon >= 0, "Tapeless: the epsilon of a normalisation is at least 0");
}

/// One number per channel beside {channels, ...}.
constexpr value per_channel(value v, const shape& x) {
  shape one{x[0]};
  for (int i = 1; i < x.rank; ++i) one = one.append(1);
  return math::reshape(v, one);
}

/// y weight + bias, one of each per channel.
constexpr value scaled_channels(graph& g, value y) {
  const shape channels{y.dims()[0]};
  const value weight = g.parameter("weight", channels, {&draw_one});
  const value shift = g.parameter("bias", channels, {&draw_zero});
  return y * per_channel(weight, y.dims()) + per_channel(shift, y.dims());
}

/// The share of a sample in a mean over the batch: samples that a smaller batch does not have have
/// none.
constexpr value share_of_sample(graph& g) {
  g.crosses_samples = true;
  if (!g.weighted) return g.constant(1.0 / g.batch);
  const value weight = g.leaf("weight", place::weight, {}, true);
  const value exists = math::select(weight == value{0.0}, value{0.0}, value{1.0});
  return exists / sum_batch(exists);
}
/// Samples of the batch that exist.
constexpr value count_of_samples(graph& g) {
  if (!g.weighted) return value{static_cast<double>(g.batch)};
  const value weight = g.leaf("weight", place::weight, {}, true);
  return sum_batch(math::select(weight == value{0.0}, value{0.0}, value{1.0}));
}

/// The contraction behind a bias and views, or -1.
constexpr int product_before(const graph& g, int id) {
  while (g[id].op->kind == family::view) id = g[id].in[0];
  return is<contract>(g[id].op) ? id : -1;
}
/// The weights, with one row per channel, of the layer that computes x, with or without a bias; -1
/// if x is something else.
constexpr int weights_before(const graph& g, value x) {
  int product = product_before(g, x.id);
  if (product < 0 && is<add>(g[x.id].op)) product = product_before(g, g[x.id].in[0]);
  if (product < 0 && is<add>(g[x.id].op)) product = product_before(g, g[x.id].in[1]);
  for (int k = 0; product >= 0 && k < 2; ++k) {
    int w = g[product].in[k];
    while (g[w].op->kind == family::view) w = g[w].in[0];
    if (g[w].op->kind != family::tensor) continue;
    const tensor& t = g.tensors[tensor_of(g[w])];
    if (t.where == place::parameters && t.transposed && t.lane_axis == 0 &&
        t.dims[0] == x.dims()[0] && t.name.view().ends_with("weight"))
      return tensor_of(g[w]);
  }
  return -1;
}
/// x, with a fresh bias where the layer of these weights has none.
constexpr value with_bias_of(graph& g, value x, int weights) {
  const path bias = g.tensors[weights].name.with_end("weight", "bias");
  if (g.find(bias.view(), place::parameters) >= 0) return x;
  const value b = g.leaf(bias, place::parameters, shape{x.dims()[0]}, false);
  if (!g.failed()) g.tensors[tensor_of(g[b.id])].init = {&draw_zero};
  return g.failed() ? x : x + per_channel(b, x.dims());
}

constexpr value normalize_batch(graph& g, value x, double epsilon, double momentum,
                                bool with_affine) {
  const shape dims = x.dims();
  if (g.failed() || dims.rank < 1) {
    if (!g.failed()) g.fail(problem::layer_needs_channels, g.scope, dims, shape{1, 1, 1});
    return x;
  }
  const shape channels{dims[0]};
  const int weights = weights_before(g, x);
  if (g.folds && weights >= 0) return with_bias_of(g, x, weights);
  value weight, shift;
  if (with_affine) {
    weight = g.parameter("weight", channels, {&draw_one});
    shift = g.parameter("bias", channels, {&draw_zero});
  }
  const auto statistic = [&](const char* name, bool starts_at_one) {
    const value v = g.parameter(name, channels, {starts_at_one ? &draw_one : &draw_zero});
    if (!g.failed()) g.tensors[tensor_of(g[v.id])].trainable = false;
    return v;
  };
  const value running_mean = statistic("running_mean", false);
  const value running_variance = statistic("running_var", true);
  if (g.failed()) return x;
  tensor& mean = g.tensors[tensor_of(g[running_mean.id])];
  if (mean.normalized >= 0) {
    g.fail(problem::batch_norm_twice, g.scope, dims, dims);
    return x;
  }
  mean.weights = weights;
  mean.normalized = x.id;
  mean.epsilon = epsilon;
  if (!g.training) {
    value factor = value{1.0} / math::sqrt(running_variance + value{epsilon});
    if (with_affine) factor = factor * weight;
    value start = -running_mean * factor;
    if (with_affine) start = start + shift;
    return x * per_channel(factor, dims) + per_channel(start, dims);
  }
  if (!x.batched()) x = apply<spread>(x);
  const int positions = dims.count() / dims[0];
  if (g.batch * positions == 1) {
    g.fail(problem::batch_norm_of_one, g.scope, dims, dims);
    return x;
  }
  const standardized::attributes a{reduced_axes::all(dims) & ~1u, true, epsilon};
  const value share = share_of_sample(g);
  const value y = apply_with<standardized>(a, x, share);
  // Running statistics follow those of the batch; the variance is the unbiased one, as PyTorch's.
  const value n = count_of_samples(g) * value{static_cast<double>(positions)};
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
    const shape dims = x.dims();
    if (g.failed() || Axes < 1) return x;
    if (Axes > dims.rank) {
      g.fail(problem::axis_out_of_range, path{"layer_norm"}, shape{Axes}, dims);
      return x;
    }
    unsigned axes = 0;
    shape own;
    for (int i = dims.rank - Axes; i < dims.rank; ++i) {
      axes |= 1u << i;
      own = own.append(dims[i]);
    }
    const value y = apply_with<standardized>({axes, false, Epsilon}, x, g.constant(1.0));
    if (Affine == affine::off) return y;
    const value weight = g.parameter("weight", own, {&detail::draw_one});
    return y * weight + g.parameter("bias", own, {&detail::draw_zero});
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
    const shape dims = x.dims();
    if (g.failed() || Axes < 1) return x;
    if (Axes > dims.rank) {
      g.fail(problem::axis_out_of_range, path{"rms_norm"}, shape{Axes}, dims);
      return x;
    }
    unsigned axes = 0;
    shape own;
    for (int i = dims.rank - Axes; i < dims.rank; ++i) {
      axes |= 1u << i;
      own = own.append(dims[i]);
    }
    const value mean = apply_with<sum>({.axes = axes, .keep = true}, math::square(x)) *
                       value{1.0 / own.count()};
    const value y = x * (value{1.0} / math::sqrt(mean + value{Epsilon}));
    return Affine == affine::off ? y : y * g.parameter("weight", own, {&detail::draw_one});
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
    const auto fixed = [&](const char* name, bool starts_at_one) {
      const value v = g.parameter(
          name, channels, {starts_at_one ? &detail::draw_one : &detail::draw_zero});
      if (!g.failed()) g.tensors[tensor_of(g[v.id])].trainable = false;
      return detail::per_channel(v, x.dims());
    };
    const value mean = fixed("mean", false);
    return (x - mean) * (value{1.0} / fixed("scale", true));
  }
};

}  // namespace tapeless
