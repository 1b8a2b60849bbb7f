#include "operators/reductions.hpp"

#include <algorithm>

#include "operators/axes.hpp"
#include "operators/compose.hpp"
#include "operators/elementwise.hpp"

namespace tapeless::gen {

std::vector<int> reduced_axes(const call& c, const tensor* input, int rank) {
  const auto given = integers_of(c, input, "axes");
  if (given && !given->empty()) return sorted_axes(*given, rank);
  if (c.integer("noop_with_empty_axes", 0) != 0) return {};
  return axes_from(0, rank);
}

namespace {

/// Input 0 and the axes that go away.
struct operation_on {
  term x;
  std::vector<int> axes;  ///< of the statement
  bool sample;            ///< the result lacks the axis of the batch too
};

/// The axis of the batch, which a statement lacks, has extent 1: it is left, or dropped, as it is.
operation_on operation_of(lowering& l) {
  const tensor* given = l.has(1) ? &l.constant(1, "the axes") : nullptr;
  operation_on o{l.in(0), {}, false};
  o.axes = reduced_axes(l, given, static_cast<int>(o.x.dims.size()));
  o.sample = o.x.sample;
  if (!o.sample) return o;
  if (std::erase(o.axes, 0) > 0) o.sample = l.integer("keepdims", 1) != 0;
  for (int& a : o.axes) --a;
  return o;
}

/// Sets output 0 to a statement whose elements are the result in order.
void finish(lowering& l, const operation_on& o, int y) {
  term result{-1, l.out_dims(), o.sample};
  result.statement = l.to.reshape(y, l.inner(result));
  l.out(0, result);
}

/// The reduction of a statement by a function of tl::math, axis by axis.
int reduced(lowering& l, const std::string& function, int x, const std::vector<int>& axes) {
  if (axes.empty()) return x;
  if (axes.size() == l.to[x].dims.size() && axes.size() > 1)
    return l.to.call("tl::math::" + function, {{x}}, {});
  const bool keep = l.integer("keepdims", 1) != 0;
  for (std::size_t i = axes.size(); i-- > 0;) {
    dimensions dims = l.to[x].dims;
    const auto axis = dims.begin() + axes[i];
    if (keep)
      *axis = 1;
    else
      dims.erase(axis);
    std::vector<std::string> arguments{std::to_string(axes[i])};
    if (keep) arguments.emplace_back("true");
    x = l.to.call("tl::math::" + function, {{x}}, std::move(dims), std::move(arguments));
  }
  return x;
}

}  // namespace

void lower_reduction(lowering& l, const std::string& function, const std::string& before,
                     const std::string& after) {
  const operation_on o = operation_of(l);
  int y = o.x.statement;
  if (!before.empty()) y = apply(l.to, "tl::math::" + before, y);
  y = reduced(l, function, y, o.axes);
  if (!after.empty()) y = apply(l.to, "tl::math::" + after, y);
  finish(l, o, y);
}

void lower_reduce_min(lowering& l) {
  const operation_on o = operation_of(l);
  const int y = reduced(l, "maximum", negated(l.to, o.x.statement), o.axes);
  finish(l, o, negated(l.to, y));
}

/// Products of halves, until one element is left.
void lower_reduce_prod(lowering& l) {
  const operation_on o = operation_of(l);
  int y = o.x.statement;
  for (const int axis : o.axes) {
    for (;;) {
      const std::int64_t extent = l.to[y].dims[static_cast<std::size_t>(axis)], half = extent / 2;
      if (extent == 1) break;
      const int product =
          combine(l.to, "*", {slice(l.to, y, axis, 0, half)}, {slice(l.to, y, axis, half, half)});
      y = extent % 2 == 0 ? product
                          : concat(l.to, {product, slice(l.to, y, axis, extent - 1, 1)}, axis);
    }
  }
  finish(l, o, y);
}

/// Over the last axis: the axes that are reduced are brought there and joined.
void lower_reduce_log_sum_exp(lowering& l) {
  expect_floats(l);
  const operation_on o = operation_of(l);
  const dimensions dims = l.inner(o.x);
  std::vector<int> order;
  std::int64_t count = 1;
  for (int a = 0; a < static_cast<int>(dims.size()); ++a)
    if (std::find(o.axes.begin(), o.axes.end(), a) == o.axes.end()) order.push_back(a);
  order.insert(order.end(), o.axes.begin(), o.axes.end());
  for (const int a : o.axes) count *= dims[static_cast<std::size_t>(a)];
  dimensions joined = dropped_dims(dims, o.axes);
  joined.push_back(count);
  if (count == 1) return finish(l, o, o.x.statement);
  int y = l.to.reshape(permute(l.to, o.x.statement, order), joined);
  joined.back() = 1;
  y = l.to.call("tl::math::log_sum_exp", {{y}}, joined);
  finish(l, o, y);
}

}  // namespace tapeless::gen
