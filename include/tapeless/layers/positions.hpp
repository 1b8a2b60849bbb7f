#pragma once
// Where a step stands in its sequence: as numbers that are added, as turns of pairs of features, and
// as a bias of scores by distance.

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

/// base^(-2i / width) along the last of `count` elements i.
constexpr value frequencies(graph& g, int count, int width, double base) {
  return math::exp(math::iota(g, shape{count}) * value{-2 * math::log(base) / width});
}

/// Angles of positions {steps, width / 2}.
constexpr value angles(graph& g, int steps, int width, double base) {
  return math::iota(g, shape{steps, 1}, 0) * frequencies(g, width / 2, width, base);
}

/// x {..., steps, width} whose pairs of features are turned by the angle of their step.
constexpr value turned_by_position(graph& g, value x, rotary pairs, double base) {
  const shape d = x.dims();
  const int last = d.rank - 1, width = d[last];
  if (width % 2 != 0) {
    g.fail(problem::rotary_on_odd_width, g.scope, d, d);
    return x;
  }
  const value angle = angles(g, d[last - 1], width, base);
  const value c = math::cos(angle), s = math::sin(angle);
  if (pairs == rotary::half_split) {
    const value a = math::slice(x, last, 0, width / 2), b = math::slice(x, last, width / 2, width / 2);
    return math::concat(a * c - b * s, b * c + a * s, last);
  }
  shape apart = d;
  apart.extent[last] = width / 2;
  const value pair = math::reshape(x, apart.append(2));
  const value a = math::reshape(math::slice(pair, last + 1, 0, 1), apart),
              b = math::reshape(math::slice(pair, last + 1, 1, 1), apart);
  return math::reshape(math::stack(a * c - b * s, b * c + a * s, last + 1), d);
}

/// One number per distance key - query from -(queries - 1) to keys - 1, {heads, distances}, as
/// scores {heads, queries, keys}: a window over the distances per query, the last query first.
constexpr value by_distance(value numbers, int keys) {
  return math::flip(math::window(numbers, 1, keys), 1);
}

/// Learnt numbers {2 reach + 1, heads} of distances -reach to reach; farther ones have the last.
constexpr value learnt_bias(graph& g, int heads, int queries, int keys, int reach) {
  const initializer start{nullptr, 0, 1, 2 * reach + 1, heads};
  const value table = g.parameter("relative_attention_bias.weight", shape{2 * reach + 1, heads}, start);
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

/// 2^(-8 (h + 1) / n) of head h for the power of two n not above the heads; further heads have every
/// second slope of 2 n.
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

}  // namespace tapeless
