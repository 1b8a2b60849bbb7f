// Reshape, Flatten, Squeeze, Unsqueeze: the same elements in another shape.

#include <fmt/format.h>

#include <algorithm>

#include "operators/call.hpp"
#include "operators/operator.hpp"
#include "operators/views.hpp"

namespace tapeless::gen {

namespace {

void set_reshaped(evaluation& e, dimensions dims) {
  tensor y = e.in(0);
  if (count_of(dims) != y.count())
    throw refusal(fmt::format("{} elements of shape {} cannot have shape {}", y.count(),
                              text_of(y.dims), text_of(dims)));
  y.dims = std::move(dims);
  e.out(0, std::move(y));
}

void evaluate_reshape(evaluation& e) {
  const dimensions& from = e.in(0).dims;
  dimensions dims = integers_of(e, e.has(1) ? &e.in(1) : nullptr, "shape").value_or(dimensions{});
  const bool keeps_zero = e.integer("allowzero", 0) != 0;
  std::int64_t known = 1;
  std::size_t open = dims.size();
  for (std::size_t i = 0; i < dims.size(); ++i) {
    if (dims[i] == 0 && !keeps_zero) {
      if (i >= from.size()) throw refusal("the new shape has 0 for an axis that the input lacks");
      dims[i] = from[i];
    }
    if (dims[i] < -1 || (dims[i] == -1 && open != dims.size()))
      throw refusal(fmt::format("the new shape {} is none", text_of(dims)));
    if (dims[i] == -1)
      open = i;
    else
      known = count_of({known, dims[i]});
  }
  if (open != dims.size()) dims[open] = known > 0 ? e.in(0).count() / known : 0;
  set_reshaped(e, dims);
}

void evaluate_flatten(evaluation& e) {
  const dimensions& from = e.in(0).dims;
  const auto rank = static_cast<std::int64_t>(from.size());
  std::int64_t axis = e.integer("axis", 1);
  if (axis < -rank || axis > rank) throw refusal(fmt::format("axis {} of {} axes", axis, rank));
  if (axis < 0) axis += rank;
  const dimensions rows(from.begin(), from.begin() + axis),
      columns(from.begin() + axis, from.end());
  set_reshaped(e, {count_of(rows), count_of(columns)});
}

void evaluate_squeeze(evaluation& e) {
  const dimensions& from = e.in(0).dims;
  const auto axes = integers_of(e, e.has(1) ? &e.in(1) : nullptr, "axes");
  std::vector<bool> drop(from.size());
  for (std::size_t i = 0; i < from.size(); ++i) drop[i] = !axes && from[i] == 1;
  for (const std::int64_t axis : axes.value_or(dimensions{})) {
    const auto at = static_cast<std::size_t>(axis_of(axis, static_cast<int>(from.size())));
    if (from[at] != 1) throw refusal(fmt::format("axis {} of {} is not 1", axis, text_of(from)));
    drop[at] = true;
  }
  dimensions dims;
  for (std::size_t i = 0; i < from.size(); ++i)
    if (!drop[i]) dims.push_back(from[i]);
  set_reshaped(e, dims);
}

void evaluate_unsqueeze(evaluation& e) {
  const dimensions& from = e.in(0).dims;
  const auto axes = integers_of(e, e.has(1) ? &e.in(1) : nullptr, "axes");
  if (!axes) throw refusal("it says no axes");
  const std::size_t rank = from.size() + axes->size();
  std::vector<bool> is_new(rank);
  for (const std::int64_t axis : *axes) {
    const auto at = static_cast<std::size_t>(axis_of(axis, static_cast<int>(rank)));
    if (is_new[at]) throw refusal(fmt::format("axis {} occurs twice", axis));
    is_new[at] = true;
  }
  dimensions dims;
  std::size_t next = 0;
  for (std::size_t i = 0; i < rank; ++i) dims.push_back(is_new[i] ? 1 : from[next++]);
  set_reshaped(e, dims);
}

void lower_shape(lowering& l) {
  if (l.has(1)) l.constant(1, "the new shape");
  lower_reshaped(l, l.in(0));
}

const registered entries{
    {"", "Reshape", evaluate_reshape, lower_shape},
    {"", "Flatten", evaluate_flatten, lower_shape},
    {"", "Squeeze", evaluate_squeeze, lower_shape},
    {"", "Unsqueeze", evaluate_unsqueeze, lower_shape},
};

}  // namespace
}  // namespace tapeless::gen
