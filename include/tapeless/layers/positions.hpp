#pragma once
// Where a step stands in its sequence: as numbers that are added, as turns of pairs of features,
// and as a bias of scores by distance.

#include <tapeless/layers/dense_per_step.hpp>
#include <tapeless/ops/abs.hpp>
#include <tapeless/ops/attention.hpp>
#include <tapeless/ops/cos.hpp>
#include <tapeless/ops/floor.hpp>
#include <tapeless/ops/shapes.hpp>
#include <tapeless/ops/sin.hpp>
#include <tapeless/ops/window.hpp>

namespace tapeless {

namespace detail {

/// base^(-2i / width) for i = 0 to count - 1.
constexpr value frequencies(graph& g, int count, int width, double base) {
  return math::exp(math::iota(g, shape{count}) * value{-2 * math::log(base) / width});
}

/// The steps of a sequence as a column {steps, 1}, the first of which has the number `first`.
constexpr value step_numbers(graph& g, int steps, value first) {
  return math::iota(g, shape{steps, 1}, 0) + first;
}

/// x {..., steps, width} whose pairs of features are turned by the angle of their step.
constexpr value turned_by_position(value x, rotary pairs, double base, value first = 0.0) {
  graph& g = *x.owner;
  const shape d = x.dims();
  if (g.failed() || pairs == rotary::none) return x;
  if (d.rank < 2) {
    g.fail(problem::layer_needs_steps, path{"rotary"}, d, shape{1, 2});
    return x;
  }
  const int last = d.rank - 1, width = d[last];
  if (width % 2 != 0) {
    g.fail(problem::rotary_on_odd_width, path{"rotary"}, d, shape{d[last - 1], width + 1});
    return x;
  }
  const value angle = step_numbers(g, d[last - 1], first) * frequencies(g, width / 2, width, base);
  const value c = math::cos(angle), s = math::sin(angle);
  if (pairs == rotary::half_split) {
    const value a = math::slice(x, last, 0, width / 2),
                b = math::slice(x, last, width / 2, width / 2);
    return math::concat(a * c - b * s, b * c + a * s, last);
  }
  // Pairs lie in the last two axes; the axis of steps and those in front are one, for any rank.
  const int rows = d.count() / (d[last - 1] * width);
  const value pair = math::reshape(x, shape{rows, d[last - 1], width / 2, 2});
  const value a = math::reshape(math::slice(pair, 3, 0, 1), shape{rows, d[last - 1], width / 2}),
              b = math::reshape(math::slice(pair, 3, 1, 1), shape{rows, d[last - 1], width / 2});
  return math::reshape(math::stack(a * c - b * s, b * c + a * s, 3), d);
}

/// One number per distance key - query from -(queries - 1) to keys - 1, {heads, distances}, as
/// scores {heads, queries, keys}: a window over the distances per query, the last query first.
constexpr value by_distance(value numbers, int keys) {
  return math::flip(math::window(numbers, 1, keys), 1);
}

constexpr value learnt_table(graph& g, int heads, int reach) {
  const initializer start{nullptr, 0, 1, 2 * reach + 1, heads};  // normal
  return g.parameter("relative_attention_bias.weight", shape{2 * reach + 1, heads}, start);
}

/// Learnt numbers {2 reach + 1, heads} of distances -reach to reach; farther ones have the last.
constexpr value learnt_bias(graph& g, int heads, int queries, int keys, int reach) {
  const value table = learnt_table(g, heads, reach);
  if (g.failed()) return table;
  const value t = math::transpose(table);
  const int before = queries - 1, after = keys - 1;  // distances on either side of 0
  const int left = before < reach ? before : reach, right = after < reach ? after : reach;
  value numbers = math::slice(t, 1, reach - left, left + right + 1);
  const auto repeated = [&](int at, int times) {
    return math::expand(math::slice(t, 1, at, 1), shape{heads, times});
  };
  if (before > left) numbers = math::concat(repeated(0, before - left), numbers, 1);
  if (after > right) numbers = math::concat(numbers, repeated(2 * reach, after - right), 1);
  return by_distance(numbers, keys);
}

/// 2^(-8 (h + 1) / n) of head h for the power of two n not above the heads; further heads have
/// every second slope of 2 n.
constexpr value alibi_slopes(graph& g, int heads) {
  int n = 1;
  while (2 * n <= heads) n *= 2;
  const value h = math::iota(g, shape{heads});
  value exponent = (h + value{1.0}) * value{-8.0 / n};
  if (n < heads) {
    const value further = (h * value{2.0} - value{2.0 * n - 1}) * value{-4.0 / n};
    exponent = math::select(h >= value{1.0 * n}, further, exponent);
  }
  return math::exp(exponent * value{math::log(2.0)});
}

/// What is added to scores {heads, queries, keys}.
constexpr value bias_of_distances(graph& g, int heads, int queries, int keys, score_bias kind,
                                  int reach) {
  if (kind == score_bias::learnt) return learnt_bias(g, heads, queries, keys, reach);
  const shape plane{queries, keys};
  const value distance = math::abs(math::iota(g, plane, 1) - math::iota(g, plane, 0));
  return -math::reshape(alibi_slopes(g, heads), shape{heads, 1, 1}) * distance;
}

}  // namespace detail

namespace math {

/// x {..., steps, width} with each pair of features turned by t base^(-2i / width), t the step and
/// i the pair: products of two such values depend on the distance of their steps alone. `pairs`
/// says which features are a pair. `first` is the number of the first step, 0 unless said. Errors:
/// an odd width does not compile. Accuracy: that of the angle, in float 6e-8 t. Source: Su et al.
/// 2021, arXiv 2104.09864.
template <symbolic V>
constexpr V rotary_positions(V x, rotary pairs, double base = 10000, value first = 0.0) {
  return tapeless::detail::turned_by_position(x, pairs, base, first);
}

}  // namespace math

/// y[t, 2i] = x[t, 2i] + sin(t w), y[t, 2i + 1] = x[t, 2i + 1] + cos(t w), w = Base^(-2i / width).
/// Shapes: x {steps, width}, y as x. Nothing is learnt. The table is computed in each call, once
/// for all samples. Accuracy: that of the angle, in float 6e-8 t. Source: Vaswani et al. 2017,
/// arXiv 1706.03762.
template <auto Base = 10000>
struct sinusoidal_positions {
  static constexpr auto explain() {
    static_assert(Base > 1, "Tapeless: the base of positions is above 1, 10000 unless said");
  }
  static constexpr value lower(graph& g, value x) {
    if (!detail::has_steps(g, x) || !(Base > 1)) return x;
    const int width = x.dims()[1];
    const value feature = math::iota(g, shape{width});
    const value pair = math::floor(feature * value{0.5});
    const value odd = feature - pair * value{2.0};
    const value frequency = math::exp(pair * value{-2 * math::log(double{Base}) / width});
    constexpr double quarter = 1.57079632679489661923;  // cos x = sin(x + pi / 2)
    const value angle = detail::step_numbers(g, x.dims()[0], 0.0) * frequency;
    return x + math::sin(angle + odd * value{quarter});
  }
};

/// y[t] = x[t] + weight[t]: a learnt row per position, as torch.nn.Embedding of 0, 1, 2, ...
/// Shapes: x {steps, width}, y as x, `weight` {Count, width}, Count at least the steps. Starts as
/// an Embedding: normal with mean 0 and deviation 1.
template <int Count>
struct learnt_positions {
  static constexpr auto explain() {
    static_assert(Count > 0, "Tapeless: learnt positions have at least one row");
  }
  static constexpr value lower(graph& g, value x) {
    if (!detail::has_steps(g, x) || Count < 1) return x;
    const shape d = x.dims();
    if (d[0] > Count) {
      g.fail(problem::steps_beyond_the_table, g.scope, d, shape{Count, d[1]});
      return x;
    }
    const initializer start{nullptr, 0, 1, Count, d[1]};  // normal
    const value table = g.parameter("weight", shape{Count, d[1]}, start);
    return x + (d[0] < Count ? math::slice(table, 0, 0, d[0]) : table);
  }
};

}  // namespace tapeless
