#include "operators/views.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace tapeless::gen {

void lower_reshaped(lowering& l, const term& t) {
  const dimensions dims = l.out_dims();
  if (t.sample && !dims.empty() && dims[0] == 1)
    return l.out(0, l.to.reshape(t.statement, without_first(dims)), true);
  l.out(0, l.to.reshape(t.statement, dims), false);
}

int join(declaration& to, const std::vector<int>& parts, int axis) {
  int y = parts.at(0);
  for (std::size_t i = 1; i < parts.size(); ++i) {
    dimensions dims = to[y].dims;
    dims.at(static_cast<std::size_t>(axis)) += to[parts[i]].dims.at(static_cast<std::size_t>(axis));
    y = to.call("tl::math::concat", {{y}, {parts[i]}}, dims, {std::to_string(axis)});
  }
  return y;
}

int cut(declaration& to, int x, int axis, std::int64_t begin, std::int64_t size,
        std::int64_t step) {
  dimensions dims = to[x].dims;
  const std::size_t at = static_cast<std::size_t>(axis);
  if (begin == 0 && size == dims.at(at) && step == 1) return x;
  if (size < 1) throw refusal("the slice is empty");
  dims[at] = size;
  std::vector<std::string> arguments{std::to_string(axis), std::to_string(begin),
                                     std::to_string(size)};
  if (step != 1) arguments.push_back(std::to_string(step));
  return to.call("tl::math::slice", {{x}}, dims, arguments);
}

int padded(declaration& to, int x, int axis, std::int64_t before, std::int64_t after) {
  if (before == 0 && after == 0) return x;
  dimensions dims = to[x].dims;
  dims.at(static_cast<std::size_t>(axis)) += before + after;
  return to.call("tl::math::pad", {{x}}, dims,
                 {std::to_string(axis), std::to_string(before), std::to_string(after)});
}

tensor permuted(const tensor& x, const std::vector<int>& order) {
  const std::vector<std::int64_t> own = strides_of(x.dims);
  tensor y = zeros(x.type, x.dims);
  std::vector<std::int64_t> strides;
  for (std::size_t i = 0; i < order.size(); ++i) {
    y.dims[i] = x.dims[static_cast<std::size_t>(order[i])];
    strides.push_back(own[static_cast<std::size_t>(order[i])]);
  }
  const std::vector<std::int64_t> to = strides_of(y.dims);
  const auto count = static_cast<std::size_t>(y.count());
  for (std::size_t i = 0; i < count; ++i) {
    std::int64_t rest = static_cast<std::int64_t>(i), from = 0;
    for (std::size_t axis = 0; axis < to.size(); ++axis) {
      from += rest / to[axis] * strides[axis];
      rest %= to[axis];
    }
    if (x.type == element::text)
      y.texts[i] = x.texts[static_cast<std::size_t>(from)];
    else
      y.numbers[i] = x.numbers[static_cast<std::size_t>(from)];
  }
  return y;
}

std::pair<term, int> along(lowering& l, std::size_t i, std::int64_t axis) {
  const term t = l.in(i);
  const int at = axis_of(axis, static_cast<int>(t.dims.size()));
  if (!t.sample) return {t, at};
  if (at > 0) return {t, at - 1};
  return {l.full(t), 0};
}

}  // namespace tapeless::gen
