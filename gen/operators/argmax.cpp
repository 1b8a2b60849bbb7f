// ArgMax, ArgMin, TopK.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "operators/axes.hpp"
#include "operators/compose.hpp"
#include "operators/elementwise.hpp"
#include "operators/extremes.hpp"

namespace tapeless::gen {

namespace {

void evaluate_arg(evaluation& e, bool least) {
  const tensor& x = e.in(0);
  const int axis = axis_of(e.integer("axis", 0), x.rank());
  const bool last = e.integer("select_last_index", 0) != 0;
  const split s = split_at(x.dims, axis);
  if (s.extent == 0) throw refusal("the axis is empty");
  tensor y = zeros(element::i64, kept_dims(x.dims, {axis}));
  for (std::int64_t b = 0; b < s.before; ++b)
    for (std::int64_t a = 0; a < s.after; ++a) {
      std::int64_t best = 0;
      for (std::int64_t i = 1; i < s.extent; ++i) {
        const double now = x.numbers[s.at(b, i, a)], then = x.numbers[s.at(b, best, a)];
        if ((least ? now < then : now > then) || (last && now == then)) best = i;
      }
      y.numbers[static_cast<std::size_t>(b * s.after + a)] = static_cast<double>(best);
    }
  if (e.integer("keepdims", 1) == 0) y.dims = dropped_dims(x.dims, {axis});
  e.out(0, std::move(y));
}

/// The statement's form of input 0 for an operation along an axis, which becomes one of the
/// statement: with the axis of the batch if that is the one.
term along(lowering& l, int& axis) {
  term x = l.in(0);
  axis = axis_of(axis, static_cast<int>(x.dims.size()));
  if (axis == 0) x = l.full(x);
  if (x.sample) --axis;
  return x;
}

void lower_arg(lowering& l, bool least) {
  int axis = static_cast<int>(l.integer("axis", 0));
  const bool keep = l.integer("keepdims", 1) != 0;
  const term x = along(l, axis);
  const int from = least ? negated(l.to, x.statement) : x.statement;
  const extreme m = maximum_of(l.to, from, axis, l.integer("select_last_index", 0) != 0);
  term y{-1, l.out_dims(), x.sample};
  y.statement = l.to.reshape(m.index, l.inner(y));
  l.out(0, keep ? l.per_sample_like(0, y) : y);
}

std::int64_t chosen_count(const call& c, const tensor* k) {
  const std::int64_t count = k != nullptr ? k->integer(0) : c.integer("k", 0);
  if (count < 1) throw refusal(fmt::format("k is {}", count));
  return count;
}

void evaluate_top(evaluation& e) {
  const tensor& x = e.in(0);
  const int axis = axis_of(e.integer("axis", -1), x.rank());
  const bool largest = e.integer("largest", 1) != 0;
  const split s = split_at(x.dims, axis);
  const std::int64_t k = chosen_count(e, e.has(1) ? &e.in(1) : nullptr);
  if (k > s.extent) throw refusal(fmt::format("k is {}, of {} elements", k, s.extent));
  dimensions dims = x.dims;
  dims[static_cast<std::size_t>(axis)] = k;
  tensor values = zeros(x.type, dims), indices = zeros(element::i64, dims);
  const split to = split_at(dims, axis);
  std::vector<std::int64_t> order(static_cast<std::size_t>(s.extent));
  for (std::int64_t b = 0; b < s.before; ++b)
    for (std::int64_t a = 0; a < s.after; ++a) {
      std::iota(order.begin(), order.end(), 0);
      std::sort(order.begin(), order.end(), [&](std::int64_t i, std::int64_t j) {
        const double p = x.numbers[s.at(b, i, a)], q = x.numbers[s.at(b, j, a)];
        // NaN first, whatever is asked for; of equal ones the one that comes first.
        if ((p != p) != (q != q)) return p != p;
        if (p != p || p == q) return i < j;
        return largest ? p > q : p < q;
      });
      for (std::int64_t i = 0; i < k; ++i) {
        const std::int64_t from = order[static_cast<std::size_t>(i)];
        indices.numbers[to.at(b, i, a)] = static_cast<double>(from);
        values.numbers[to.at(b, i, a)] = x.numbers[s.at(b, from, a)];
      }
    }
  e.out(0, std::move(values));
  if (e.output_count() > 1) e.out(1, std::move(indices));
}

/// The largest elements one after the other, each without those before it.
void lower_top(lowering& l) {
  const std::int64_t most = 16;
  const std::int64_t k =
      chosen_count(l, l.has(1) ? &l.constant(1, "the number of elements") : nullptr);
  if (k > most) throw refusal(fmt::format("k is {}, of {} at most", k, most));
  int axis = static_cast<int>(l.integer("axis", -1));
  const bool largest = l.integer("largest", 1) != 0;
  const term x = along(l, axis);
  declaration& d = l.to;
  const int from = largest ? x.statement : negated(d, x.statement);
  const dimensions dims = d[from].dims;
  const std::int64_t extent = dims[static_cast<std::size_t>(axis)];
  std::vector<int> values, indices;
  int rest = from, alive = -1;
  for (std::int64_t i = 0; i < k; ++i) {
    const extreme m = maximum_of(d, rest, axis, false, alive);
    values.push_back(largest ? m.value : negated(d, m.value));
    indices.push_back(m.index);
    if (i + 1 == k) break;
    const int others = combine(d, "!=", {positions(d, extent, axis, dims.size())}, {m.index});
    alive = alive < 0 ? others : combine(d, "*", {alive}, {others});
    rest = combine_by(d, "tl::math::select",
                      {{alive}, {from}, {-1, -std::numeric_limits<double>::infinity()}});
  }
  l.out(0, l.per_sample_like(0, {concat(d, values, axis), l.out_dims(0), x.sample}));
  if (l.output_count() > 1)
    l.out(1, l.per_sample_like(0, {concat(d, indices, axis), l.out_dims(0), x.sample}));
}

const registered entries{
    {"", "ArgMax", [](evaluation& e) { evaluate_arg(e, false); },
     [](lowering& l) { lower_arg(l, false); }},
    {"", "ArgMin", [](evaluation& e) { evaluate_arg(e, true); },
     [](lowering& l) { lower_arg(l, true); }},
    {"", "TopK", evaluate_top, lower_top},
};

}  // namespace
}  // namespace tapeless::gen
