// Pad.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "operators/call.hpp"
#include "operators/operator.hpp"
#include "operators/views.hpp"

namespace tapeless::gen {

namespace {

struct padding {
  std::vector<std::int64_t> before, after;
  double value = 0;
};

/// From opset 11 on padding is an input, before an attribute.
padding padding_of(const call& c, std::size_t rank, const tensor* pads, const tensor* value,
                   const tensor* axes) {
  padding p{std::vector<std::int64_t>(rank), std::vector<std::int64_t>(rank), c.number("value", 0)};
  const auto all = integers_of(c, pads, "pads");
  if (!all) throw refusal("it says no padding");
  if (value != nullptr) p.value = value->numbers.at(0);
  const std::size_t half = all->size() / 2;
  if (all->size() % 2 != 0 || (axes == nullptr ? half != rank : axes->numbers.size() != half))
    throw refusal(fmt::format("{} numbers of padding for {} axes", all->size(), rank));
  for (std::size_t i = 0; i < half; ++i) {
    const std::size_t axis =
        axes == nullptr
            ? i
            : static_cast<std::size_t>(axis_of(axes->integer(i), static_cast<int>(rank)));
    p.before[axis] = (*all)[i];
    p.after[axis] = (*all)[half + i];
  }
  const std::string mode = c.text("mode", "constant");
  if (mode != "constant")
    throw refusal(fmt::format("mode '{}' is not supported", mode), "pad with a constant");
  return p;
}

void evaluate_pad(evaluation& e) {
  const tensor& x = e.in(0);
  const auto input = [&](std::size_t i) { return e.has(i) ? &e.in(i) : nullptr; };
  const padding p = padding_of(e, x.dims.size(), input(1), input(2), input(3));
  dimensions dims = x.dims;
  for (std::size_t i = 0; i < dims.size(); ++i) {
    for (const std::int64_t count : {p.before[i], p.after[i]})
      if (count > most_elements || count < -most_elements) throw refusal("it is too large");
    dims[i] += p.before[i] + p.after[i];
    if (dims[i] < 0) throw refusal("it takes away more than there is");
  }
  tensor& y = e.out(0, x.type, dims);
  const std::vector<std::int64_t> from = strides_of(x.dims), to = strides_of(dims);
  const std::int64_t count = y.count();
  for (std::int64_t i = 0; i < count; ++i) {
    std::int64_t at = 0, rest = i;
    bool inside = true;
    for (std::size_t axis = 0; axis < dims.size(); ++axis) {
      const std::int64_t index = rest / to[axis] - p.before[axis];
      inside = inside && index >= 0 && index < x.dims[axis];
      at += index * from[axis];
      rest %= to[axis];
    }
    y.numbers[static_cast<std::size_t>(i)] =
        inside ? x.numbers[static_cast<std::size_t>(at)] : p.value;
  }
}

/// What is added to zeros of the padding so that they have another value: a constant tensor.
int with_value(lowering& l, int y, const dimensions& dims, const padding& p, bool sample) {
  weight w{l.parameter_path("padding"), dims, {}, false};
  w.numbers.assign(static_cast<std::size_t>(count_of(dims)), 0);
  const std::vector<std::int64_t> to = strides_of(dims);
  const std::size_t shift = sample ? 1 : 0;
  for (std::size_t i = 0; i < w.numbers.size(); ++i) {
    auto rest = static_cast<std::int64_t>(i);
    for (std::size_t axis = 0; axis < dims.size(); ++axis) {
      const std::int64_t index = rest / to[axis];
      if (index < p.before[axis + shift] || index >= dims[axis] - p.after[axis + shift])
        w.numbers[i] = p.value;
      rest %= to[axis];
    }
  }
  return l.to.infix("+", {y}, {l.to.parameter(std::move(w))}, dims);
}

/// x between numbers along an axis.
int bordered(declaration& to, int x, int axis, std::int64_t before, std::int64_t after,
             double number) {
  if (number == 0 || (before == 0 && after == 0)) return padded(to, x, axis, before, after);
  dimensions dims = to[x].dims;
  dims[static_cast<std::size_t>(axis)] += before + after;
  return to.call("tl::math::pad", {{x}}, std::move(dims),
                 {std::to_string(axis), std::to_string(before), std::to_string(after),
                  number_text(number)});
}

void lower_pad(lowering& l) {
  const auto input = [&](std::size_t i, const char* what) {
    return l.has(i) ? &l.constant(i, what) : nullptr;
  };
  term x = l.in(0);
  const padding p = padding_of(l, x.dims.size(), input(1, "the padding"),
                               input(2, "the value of the padding"), input(3, "the padded axes"));
  if (x.sample && (p.before[0] != 0 || p.after[0] != 0)) x = l.full(x);
  if (count_of(l.out_dims()) == 0) throw refusal("the result is empty");
  int y = x.statement;
  for (std::size_t axis = x.sample ? 1 : 0; axis < p.before.size(); ++axis) {
    const int at = static_cast<int>(axis) - (x.sample ? 1 : 0);
    const std::int64_t drop = std::max(-p.before[axis], std::int64_t{0});
    const std::int64_t drop_after = std::max(-p.after[axis], std::int64_t{0});
    y = cut(l.to, y, at, drop, x.dims[axis] - drop - drop_after);
    y = bordered(l.to, y, at, std::max(p.before[axis], std::int64_t{0}),
                 std::max(p.after[axis], std::int64_t{0}), std::isfinite(p.value) ? p.value : 0);
  }
  const dimensions dims = x.sample ? without_first(l.out_dims()) : l.out_dims();
  // A declaration has no literal for what is not finite: those numbers are a parameter.
  if (!std::isfinite(p.value)) y = with_value(l, y, dims, p, x.sample);
  l.out(0, y, x.sample);
}

const registered entries{{"", "Pad", evaluate_pad, lower_pad}};

}  // namespace
}  // namespace tapeless::gen
