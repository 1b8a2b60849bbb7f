// OneHot, CumSum.

#include <fmt/format.h>

#include "operators/axes.hpp"
#include "operators/compose.hpp"
#include "operators/elementwise.hpp"

namespace tapeless::gen {

namespace {

std::int64_t depth_of(const tensor& depth) {
  const std::int64_t n = depth.count() == 1 ? depth.integer(0) : 0;
  if (n < 1) throw refusal("the depth is no positive number");
  return n;
}

/// Numbers from -depth on count from the end; others are no position.
void evaluate_one_hot(evaluation& e) {
  const tensor& indices = e.in(0);
  const std::int64_t depth = depth_of(e.in(1));
  const tensor& values = e.in(2);
  if (values.numbers.size() != 2) throw refusal("the values are not two numbers");
  const int axis = axis_of(e.integer("axis", -1), indices.rank() + 1);
  dimensions dims = indices.dims;
  dims.insert(dims.begin() + axis, depth);
  tensor& y = e.out(0, values.type, dims);
  const split s = split_at(dims, axis);
  for (std::int64_t b = 0; b < s.before; ++b)
    for (std::int64_t a = 0; a < s.after; ++a) {
      const double index = indices.numbers[static_cast<std::size_t>(b * s.after + a)];
      for (std::int64_t i = 0; i < depth; ++i) {
        const bool hit = index == static_cast<double>(i) || index == static_cast<double>(i - depth);
        y.numbers[s.at(b, i, a)] = values.numbers[hit ? 1 : 0];
      }
    }
}

void lower_one_hot(lowering& l) {
  const term x = l.in(0);
  const std::int64_t depth = depth_of(l.constant(1, "the depth"));
  const tensor& values = l.constant(2, "the values");
  declaration& d = l.to;
  const int axis = axis_of(l.integer("axis", -1), static_cast<int>(x.dims.size()) + 1);
  const bool sample = x.sample && axis > 0;
  const int inner = sample ? axis - 1 : axis;
  dimensions dims = sample ? l.inner(x) : x.dims;
  dims.insert(dims.begin() + inner, 1);
  if (dims.size() > most_axes)
    throw refusal(fmt::format("{} axes, of {} at most", dims.size(), most_axes));
  const int wide = d.reshape(x.statement, dims);
  const int below = combine(d, "<", {wide}, {-1, 0.0});
  const int place =
      combine(d, "+", {wide}, {combine(d, "*", {below}, {-1, static_cast<double>(depth)})});
  int y = combine(d, "==", {place}, {positions(d, depth, inner, dims.size())});
  const double off = values.numbers[0], on = values.numbers[1];
  if (off != 0 || on != 1) y = combine_by(d, "tl::math::select", {{y}, {-1, on}, {-1, off}});
  l.out(0, term{y, l.out_dims(), sample});
}

// --- CumSum

struct running {
  int axis;
  bool exclusive, reverse;
};

running running_of(const call& c, const tensor& axis, int rank) {
  if (axis.count() != 1) throw refusal("the axis is not one number");
  return {axis_of(axis.integer(0), rank), c.integer("exclusive", 0) != 0,
          c.integer("reverse", 0) != 0};
}

void evaluate_sums(evaluation& e) {
  tensor y = e.in(0);
  const running r = running_of(e, e.in(1), y.rank());
  const split s = split_at(y.dims, r.axis);
  for (std::int64_t b = 0; b < s.before; ++b)
    for (std::int64_t a = 0; a < s.after; ++a) {
      double sum = 0;
      for (std::int64_t k = 0; k < s.extent; ++k) {
        double& x = y.numbers[s.at(b, r.reverse ? s.extent - 1 - k : k, a)];
        const double before = sum;
        sum += x;
        x = r.exclusive ? before : sum;
      }
    }
  e.out(0, std::move(y));
}

/// A product with the triangle of ones that says which elements each sum has.
void lower_sums(lowering& l) {
  constexpr std::int64_t most = 512;
  const term x = l.in(0);
  const running r = running_of(l, l.constant(1, "the axis"), static_cast<int>(x.dims.size()));
  const split s = split_at(x.dims, r.axis);
  if (s.extent > most)
    throw refusal(fmt::format("an axis of {} elements, of {} at most", s.extent, most));
  declaration& d = l.to;
  const std::string sign = r.reverse ? ">" : "<";
  const int ones = combine(d, sign + (r.exclusive ? "" : "="), {positions(d, s.extent, 0, 2)},
                           {positions(d, s.extent, 1, 2)});
  const int flat = d.reshape(x.statement, {s.before, s.extent, s.after});
  const int y = contract(d, "bka,kn->bna", flat, ones, {s.before, s.extent, s.after});
  l.out(0, d.reshape(y, l.inner(x)), x.sample);
}

const registered entries{
    {"", "OneHot", evaluate_one_hot, lower_one_hot},
    {"", "CumSum", evaluate_sums, lower_sums},
};

}  // namespace
}  // namespace tapeless::gen
