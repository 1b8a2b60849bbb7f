// Slice.

#include <fmt/format.h>

#include <algorithm>

#include "operators/call.hpp"
#include "operators/operator.hpp"
#include "operators/views.hpp"

namespace tapeless::gen {

namespace {

/// What a slice takes of one axis.
struct range {
  std::int64_t begin = 0, size = 0, step = 1;
};

using list = std::optional<std::vector<std::int64_t>>;

/// The ranges of all axes. From opset 10 on they are inputs, before attributes.
std::vector<range> ranges_of(const dimensions& dims, const list& starts, const list& ends,
                             const list& axes, const list& steps) {
  std::vector<range> ranges;
  for (const std::int64_t extent : dims) ranges.push_back({0, extent, 1});
  if (!starts || !ends || starts->size() != ends->size())
    throw refusal("starts and ends do not fit");
  for (std::size_t i = 0; i < starts->size(); ++i) {
    const std::int64_t axis = axes ? axes->at(i) : static_cast<std::int64_t>(i);
    range& r = ranges.at(static_cast<std::size_t>(axis_of(axis, static_cast<int>(dims.size()))));
    const std::int64_t extent = r.size;
    r.step = std::clamp(steps ? steps->at(i) : 1, -most_elements, most_elements);
    if (r.step == 0) throw refusal("its step is 0");
    const std::int64_t low = r.step > 0 ? 0 : -1, high = r.step > 0 ? extent : extent - 1;
    const auto place = [&](std::int64_t x) {
      return std::clamp(x < 0 ? std::max(x, -extent - 1) + extent : x, low, high);
    };
    r.begin = place((*starts)[i]);
    const std::int64_t span = place((*ends)[i]) - r.begin;
    const std::int64_t sign = r.step > 0 ? 1 : -1;
    r.size = span * sign <= 0 ? 0 : (span * sign - 1) / (r.step * sign) + 1;
  }
  return ranges;
}

void evaluate_slice(evaluation& e) {
  const tensor& x = e.in(0);
  const auto input = [&](std::size_t i) { return e.has(i) ? &e.in(i) : nullptr; };
  const std::vector<range> ranges =
      ranges_of(x.dims, integers_of(e, input(1), "starts"), integers_of(e, input(2), "ends"),
                integers_of(e, input(3), "axes"), integers_of(e, input(4), "steps"));
  dimensions dims;
  for (const range& r : ranges) dims.push_back(r.size);
  tensor& y = e.out(0, x.type, dims);
  const std::vector<std::int64_t> from = strides_of(x.dims), to = strides_of(dims);
  const std::int64_t count = y.count();
  for (std::int64_t i = 0; i < count; ++i) {
    std::int64_t at = 0, rest = i;
    for (std::size_t axis = 0; axis < dims.size(); ++axis) {
      at += (ranges[axis].begin + rest / to[axis] * ranges[axis].step) * from[axis];
      rest %= to[axis];
    }
    if (x.type == element::text)
      y.texts[static_cast<std::size_t>(i)] = x.texts[static_cast<std::size_t>(at)];
    else
      y.numbers[static_cast<std::size_t>(i)] = x.numbers[static_cast<std::size_t>(at)];
  }
}

void lower_slice(lowering& l) {
  const auto input = [&](std::size_t i, const char* what) {
    return l.has(i) ? &l.constant(i, what) : nullptr;
  };
  term x = l.in(0);
  const std::vector<range> ranges =
      ranges_of(x.dims, integers_of(l, input(1, "where a slice starts"), "starts"),
                integers_of(l, input(2, "where a slice ends"), "ends"),
                integers_of(l, input(3, "the axes of a slice"), "axes"),
                integers_of(l, input(4, "the step of a slice"), "steps"));
  if (count_of(l.out_dims()) == 0) throw refusal("the result is empty");
  int y = x.statement;
  for (std::size_t axis = 0; axis < ranges.size(); ++axis) {
    const range& r = ranges[axis];
    if (x.sample && axis == 0) continue;  // the batch has extent 1, and the result is not empty
    y = cut(l.to, y, static_cast<int>(axis) - (x.sample ? 1 : 0), r.begin, r.size,
            r.size == 1 ? 1 : r.step);
  }
  l.out(0, y, x.sample);
}

const registered entries{{"", "Slice", evaluate_slice, lower_slice}};

}  // namespace
}  // namespace tapeless::gen
