// Softmax, LogSoftmax, Hardmax.

#include <cmath>
#include <numeric>
#include <utility>

#include "operators/axes.hpp"
#include "operators/compose.hpp"
#include "operators/elementwise.hpp"
#include "operators/extremes.hpp"

namespace tapeless::gen {

namespace {

/// Before opset 13 all axes from the given one on count as one.
bool is_flat(const call& c) { return c.opset() < 13; }

int axis_of(const call& c, int rank) {
  return gen::axis_of(c.integer("axis", is_flat(c) ? 1 : -1), rank);
}

/// Rows of the elements that belong together: `finish` gets a row and changes it.
template <class F>
void evaluate_rows(evaluation& e, F finish) {
  tensor y = e.in(0);
  const int axis = axis_of(e, y.rank());
  split s = split_at(y.dims, axis);
  if (is_flat(e)) s.extent *= std::exchange(s.after, 1);
  std::vector<double> row(static_cast<std::size_t>(s.extent));
  for (std::int64_t b = 0; b < s.before; ++b)
    for (std::int64_t a = 0; a < s.after; ++a) {
      for (std::int64_t i = 0; i < s.extent; ++i)
        row[static_cast<std::size_t>(i)] = y.numbers[s.at(b, i, a)];
      if (!row.empty()) finish(row);
      for (std::int64_t i = 0; i < s.extent; ++i)
        y.numbers[s.at(b, i, a)] = row[static_cast<std::size_t>(i)];
    }
  e.out(0, std::move(y));
}

double greatest(const std::vector<double>& row) {
  double m = row[0];
  for (const double x : row) m = x != x || x > m ? x : m;
  return m;
}

double sum_of_exponentials(const std::vector<double>& row, double shift) {
  double sum = 0;
  for (const double x : row) sum += std::exp(x - shift);
  return sum;
}

void softmax_of(std::vector<double>& row) {
  const double m = greatest(row), sum = sum_of_exponentials(row, m);
  for (double& x : row) x = std::exp(x - m) / sum;
}

void log_softmax_of(std::vector<double>& row) {
  const double m = greatest(row), sum = sum_of_exponentials(row, m);
  for (double& x : row) x = (x - m) - std::log(sum);
}

void hardmax_of(std::vector<double>& row) {
  std::size_t first = 0;
  for (std::size_t i = 1; i < row.size(); ++i)
    if (row[i] > row[first]) first = i;
  row.assign(row.size(), 0);
  row[first] = 1;
}

/// Declares output 0 by a function over the last axis of a statement: the elements that belong
/// together are brought there, and back.
template <class F>
void lower_rows(lowering& l, F over_last_axis) {
  expect_floats(l);
  term x = l.in(0);
  const int axis = axis_of(l, static_cast<int>(x.dims.size()));
  if (axis == 0 && !is_flat(l)) x = l.full(x);
  const dimensions dims = l.inner(x);
  const int at = axis == 0 ? 0 : axis - (x.sample ? 1 : 0),
            last = static_cast<int>(dims.size()) - 1;
  int y = x.statement;
  if (is_flat(l) && at < last) {
    const split s = split_at(dims, at);
    y = over_last_axis(l.to.reshape(
        y, at == 0 ? dimensions{s.extent * s.after} : dimensions{s.before, s.extent * s.after}));
    y = l.to.reshape(y, dims);
  } else if (dims.empty()) {  // a batch of numbers, each a row of its own
    y = l.to.reshape(over_last_axis(l.to.reshape(y, {1})), {});
  } else {
    std::vector<int> order(dims.size());
    std::iota(order.begin(), order.end(), 0);
    std::swap(order[static_cast<std::size_t>(at)], order[static_cast<std::size_t>(last)]);
    y = permute(l.to, over_last_axis(permute(l.to, y, order)), order);
  }
  l.out(0, l.per_sample_like(0, {y, x.dims, x.sample}));
}

/// Declares output 0 by a function that is told its axis; false where the axis is the last one, which
/// layers work on, or where several axes belong together.
bool lower_along(lowering& l, const std::string& name) {
  expect_floats(l);
  const term x = l.in(0);
  const int axis = axis_of(l, static_cast<int>(x.dims.size()));
  const dimensions dims = l.inner(x);
  const int at = axis - (x.sample ? 1 : 0), last = static_cast<int>(dims.size()) - 1;
  if (is_flat(l) || axis == 0 || at < 0 || at >= last) return false;
  const int y = l.to.call("tl::math::" + name, {{x.statement}}, dims, {std::to_string(at)});
  l.out(0, l.per_sample_like(0, {y, x.dims, x.sample}));
  return true;
}

void lower_as(lowering& l, const std::string& name) {
  if (lower_along(l, name)) return;
  lower_rows(l, [&](int x) {
    return l.to.call("tl::math::" + name, {{x}}, l.to[x].dims, {}, "tl::" + name);
  });
}

void lower_hardmax(lowering& l) {
  lower_rows(l, [&](int x) {
    const dimensions& dims = l.to[x].dims;
    const int axis = static_cast<int>(dims.size()) - 1;
    const std::int64_t extent = dims.back();
    const std::size_t rank = dims.size();
    const extreme first = maximum_of(l.to, x, axis, false);
    return combine(l.to, "==", {positions(l.to, extent, axis, rank)}, {first.index});
  });
}

const registered entries{
    {"", "Softmax", [](evaluation& e) { evaluate_rows(e, softmax_of); },
     [](lowering& l) { lower_as(l, "softmax"); }},
    {"", "LogSoftmax", [](evaluation& e) { evaluate_rows(e, log_softmax_of); },
     [](lowering& l) { lower_as(l, "log_softmax"); }},
    {"", "Hardmax", [](evaluation& e) { evaluate_rows(e, hardmax_of); }, lower_hardmax},
};

}  // namespace
}  // namespace tapeless::gen
