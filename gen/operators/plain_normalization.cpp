// MeanVarianceNormalization, LpNormalization: without scale and shift.

#include <fmt/format.h>

#include <cmath>

#include "operators/axes.hpp"
#include "operators/compose.hpp"
#include "operators/elementwise.hpp"
#include "operators/normalization.hpp"

namespace tapeless::gen {

namespace {

constexpr double smallest_deviation = 1e-9;

std::vector<int> mean_variance_axes(const call& c, int rank) {
  return sorted_axes(c.integers("axes").value_or(std::vector<std::int64_t>{0, 2, 3}), rank);
}

void evaluate_mean_variance(evaluation& e) {
  tensor y = e.in(0);
  const std::vector<int> axes = mean_variance_axes(e, y.rank());
  const std::vector<std::size_t> group = groups_of(y.dims, axes);
  const auto groups = static_cast<std::size_t>(count_of(kept_dims(y.dims, axes)));
  const std::vector<double> mean = group_means(y.numbers, group, groups);
  std::vector<double> squares(y.numbers.size());
  for (std::size_t i = 0; i < group.size(); ++i) {
    y.numbers[i] -= mean[group[i]];
    squares[i] = y.numbers[i] * y.numbers[i];
  }
  const std::vector<double> variance = group_means(squares, group, groups);
  for (std::size_t i = 0; i < group.size(); ++i)
    y.numbers[i] /= std::sqrt(variance[group[i]]) + smallest_deviation;
  e.out(0, std::move(y));
}

void lower_mean_variance(lowering& l) {
  const term x = l.in(0);
  declaration& d = l.to;
  std::vector<int> axes = mean_variance_axes(l, static_cast<int>(x.dims.size()));
  if (x.sample) {
    std::erase(axes, 0);
    for (int& a : axes) --a;
  }
  const auto mean = [&](int s) {
    for (const int a : axes) s = reduce(d, "mean", s, a);
    return s;
  };
  const int difference = combine(d, "-", {x.statement}, {mean(x.statement)});
  const int deviation = root(d, mean(apply(d, "tl::math::square", difference)));
  const int divisor = combine(d, "+", {deviation}, {-1, smallest_deviation});
  l.out(0, combine(d, "/", {difference}, {divisor}), x.sample);
}

bool is_l1(const call& c) {
  const std::int64_t p = c.integer("p", 2);
  if (p != 1 && p != 2) throw refusal(fmt::format("p is {}, not 1 or 2", p));
  return p == 1;
}

void evaluate_lp(evaluation& e) {
  tensor y = e.in(0);
  const bool l1 = is_l1(e);
  const std::vector<int> axes{axis_of(e.integer("axis", -1), y.rank())};
  const std::vector<std::size_t> group = groups_of(y.dims, axes);
  std::vector<double> norm(static_cast<std::size_t>(count_of(kept_dims(y.dims, axes))));
  for (std::size_t i = 0; i < group.size(); ++i)
    norm[group[i]] += l1 ? std::fabs(y.numbers[i]) : y.numbers[i] * y.numbers[i];
  for (std::size_t i = 0; i < group.size(); ++i) {
    const double n = norm[group[i]];
    if (n != 0) y.numbers[i] /= l1 ? n : std::sqrt(n);  // zeros stay
  }
  e.out(0, std::move(y));
}

void lower_lp(lowering& l) {
  const bool l1 = is_l1(l);
  term x = l.in(0);
  int axis = axis_of(l.integer("axis", -1), static_cast<int>(x.dims.size()));
  if (axis == 0) x = l.full(x);
  if (x.sample) --axis;
  declaration& d = l.to;
  const int parts = apply(d, l1 ? "tl::math::abs" : "tl::math::square", x.statement);
  const int sum = reduce(d, "sum", parts, axis);
  const int norm = l1 ? sum : root(d, sum);
  // Zeros are divided by 1.
  const int divisor = combine(d, "+", {norm}, {combine(d, "==", {norm}, {-1, 0.0})});
  const int y = combine(d, "/", {x.statement}, {divisor});
  l.out(0, l.per_sample_like(0, {y, x.dims, x.sample}));
}

const registered entries{
    {"", "MeanVarianceNormalization", evaluate_mean_variance, lower_mean_variance},
    {"", "LpNormalization", evaluate_lp, lower_lp},
};

}  // namespace
}  // namespace tapeless::gen
