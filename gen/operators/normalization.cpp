// LayerNormalization, RMSNormalization.

#include "operators/normalization.hpp"

#include <fmt/format.h>

#include <cmath>

#include "operators/axes.hpp"
#include "operators/compose.hpp"
#include "operators/elementwise.hpp"

namespace tapeless::gen {

joined_axes join_from(declaration& d, int x, int first) {
  joined_axes j{x, d[x].dims, first};
  dimensions joined(j.dims.begin(), j.dims.begin() + first);
  joined.push_back(count_of({j.dims.begin() + first, j.dims.end()}));
  j.statement = d.reshape(x, joined);
  return j;
}

centred centre(declaration& d, int x, int axis) {
  centred c{};
  c.mean = reduce(d, "mean", x, axis);
  c.difference = combine(d, "-", {x}, {c.mean});
  c.variance = reduce(d, "mean", apply(d, "tl::math::square", c.difference), axis);
  return c;
}

int root(declaration& d, int x, double number) {
  return apply(d, "tl::math::sqrt", number == 0 ? x : combine(d, "+", {x}, {-1, number}));
}

term scaled_and_shifted(lowering& l, term x, std::size_t scale, std::size_t shift) {
  if (l.has(scale)) x = combine(l, "*", x, l.in(scale));
  if (l.has(shift)) x = combine(l, "+", x, l.in(shift));
  return x;
}

term per_channel(lowering& l, std::size_t i, std::size_t rank) {
  const term t = l.full(i);
  dimensions dims(rank > 1 ? rank - 1 : 1, 1);
  dims[0] = count_of(t.dims);
  return {l.to.reshape(t.statement, dims), dims, false};
}

namespace {

/// Mean and variance of each group of elements.
struct moments {
  std::vector<std::size_t> group;
  std::vector<double> mean, variance;
};

moments moments_of(const tensor& x, const std::vector<int>& axes) {
  moments m;
  m.group = groups_of(x.dims, axes);
  const auto groups = static_cast<std::size_t>(count_of(kept_dims(x.dims, axes)));
  m.mean = group_means(x.numbers, m.group, groups);
  std::vector<double> squares(x.numbers.size());
  for (std::size_t i = 0; i < squares.size(); ++i)
    squares[i] = std::pow(x.numbers[i] - m.mean[m.group[i]], 2);
  m.variance = group_means(squares, m.group, groups);
  return m;
}

/// y = y * input `scale` + input `shift`, where the node has them.
void scale_and_shift(evaluation& e, tensor& y, std::size_t scale, std::size_t shift) {
  for (const std::size_t i : {scale, shift}) {
    if (!e.has(i)) continue;
    if (broadcast(y.dims, e.in(i).dims) != y.dims)
      throw refusal(fmt::format("input {} of shape {} does not fit {}", i, text_of(e.in(i).dims),
                                text_of(y.dims)));
    const tensor t = expanded(e.in(i), y.dims);
    for (std::size_t k = 0; k < y.numbers.size(); ++k)
      y.numbers[k] = i == scale ? y.numbers[k] * t.numbers[k] : y.numbers[k] + t.numbers[k];
  }
}

int first_axis(const call& c, const dimensions& dims) {
  return axis_of(c.integer("axis", -1), static_cast<int>(dims.size()));
}

void evaluate_layer(evaluation& e) {
  tensor y = e.in(0);
  const std::vector<int> axes = axes_from(first_axis(e, y.dims), y.rank());
  const moments m = moments_of(y, axes);
  const double epsilon = e.number("epsilon", 1e-5);
  for (std::size_t i = 0; i < y.numbers.size(); ++i)
    y.numbers[i] =
        (y.numbers[i] - m.mean[m.group[i]]) / std::sqrt(m.variance[m.group[i]] + epsilon);
  scale_and_shift(e, y, 1, 2);
  const dimensions kept = kept_dims(y.dims, axes);
  e.out(0, std::move(y));
  if (e.output_count() > 1) e.out(1, element::f32, kept).numbers = m.mean;
  if (e.output_count() < 3) return;
  tensor& inverse = e.out(2, element::f32, kept);
  for (std::size_t i = 0; i < m.variance.size(); ++i)
    inverse.numbers[i] = 1 / std::sqrt(m.variance[i] + epsilon);
}

void lower_layer(lowering& l) {
  term x = l.in(0);
  int first = first_axis(l, x.dims);
  if (first == 0) x = l.full(x);
  if (x.sample) --first;
  declaration& d = l.to;
  const joined_axes j = join_from(d, x.statement, first);
  const centred c = centre(d, j.statement, j.axis);
  const int deviation = root(d, c.variance, l.number("epsilon", 1e-5));
  const int y = combine(d, "/", {c.difference}, {deviation});
  l.out(0, l.per_sample_like(
               0, scaled_and_shifted(l, {d.reshape(y, j.dims), x.dims, x.sample}, 1, 2)));
  const auto other = [&](std::size_t i, int statement) {
    if (i >= l.output_count() || l.at().outputs[i].empty()) return;
    term t{statement, l.out_dims(i), x.sample};
    t.statement = d.reshape(statement, l.inner(t));
    l.out(i, l.per_sample_like(0, t));
  };
  other(1, c.mean);
  if (l.output_count() > 2) other(2, combine(d, "/", {-1, 1.0}, {deviation}));
}

void evaluate_rms(evaluation& e) {
  tensor y = e.in(0);
  const std::vector<int> axes = axes_from(first_axis(e, y.dims), y.rank());
  const std::vector<std::size_t> group = groups_of(y.dims, axes);
  std::vector<double> squares = y.numbers;
  for (double& x : squares) x *= x;
  const auto groups = static_cast<std::size_t>(count_of(kept_dims(y.dims, axes)));
  const std::vector<double> mean = group_means(squares, group, groups);
  for (std::size_t i = 0; i < group.size(); ++i)
    y.numbers[i] /= std::sqrt(mean[group[i]] + e.number("epsilon", 1e-5));
  scale_and_shift(e, y, 1, 99);
  e.out(0, std::move(y));
}

void lower_rms(lowering& l) {
  term x = l.in(0);
  int first = first_axis(l, x.dims);
  if (first == 0) x = l.full(x);
  if (x.sample) --first;
  declaration& d = l.to;
  const joined_axes j = join_from(d, x.statement, first);
  const int mean = reduce(d, "mean", apply(d, "tl::math::square", j.statement), j.axis);
  const int y = combine(d, "/", {j.statement}, {root(d, mean, l.number("epsilon", 1e-5))});
  l.out(0, l.per_sample_like(
               0, scaled_and_shifted(l, {d.reshape(y, j.dims), x.dims, x.sample}, 1, 99)));
}

const registered entries{
    {"", "LayerNormalization", evaluate_layer, lower_layer},
    {"", "RMSNormalization", evaluate_rms, lower_rms},
};

}  // namespace
}  // namespace tapeless::gen
