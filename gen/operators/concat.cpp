// Concat and Split.

#include <fmt/format.h>

#include <algorithm>

#include "operators/call.hpp"
#include "operators/operator.hpp"
#include "operators/views.hpp"

namespace tapeless::gen {

namespace {

/// Elements before, along and after an axis.
struct blocks {
  std::size_t outer = 1, inner = 1;
  blocks(const dimensions& dims, int axis) {
    for (int i = 0; i < static_cast<int>(dims.size()); ++i)
      (i < axis ? outer : inner) *=
          i == axis ? 1 : static_cast<std::size_t>(dims[static_cast<std::size_t>(i)]);
  }
};

void evaluate_concat(evaluation& e) {
  dimensions dims = e.in(0).dims;
  const int axis = axis_of(e.integer("axis", 1), e.in(0).rank());
  const auto at = static_cast<std::size_t>(axis);
  std::int64_t along = 0;
  for (std::size_t k = 0; k < e.input_count(); ++k) {
    dimensions other = e.in(k).dims;
    if (other.size() != dims.size()) throw refusal("its inputs have different numbers of axes");
    along += other[at];
    other[at] = dims[at];
    if (other != dims) throw refusal("its inputs differ along another axis");
  }
  dims[at] = along;
  const blocks b(dims, axis);
  tensor& y = e.out(0, e.in(0).type, dims);
  std::size_t column = 0;
  for (std::size_t k = 0; k < e.input_count(); ++k) {
    const tensor& x = e.in(k);
    const std::size_t width = static_cast<std::size_t>(x.dims[at]) * b.inner;
    const std::size_t row = static_cast<std::size_t>(along) * b.inner;
    for (std::size_t i = 0; i < b.outer; ++i)
      for (std::size_t j = 0; j < width; ++j) {
        if (x.type == element::text)
          y.texts[i * row + column + j] = x.texts[i * width + j];
        else
          y.numbers[i * row + column + j] = x.numbers[i * width + j];
      }
    column += width;
  }
}

void lower_concat(lowering& l) {
  const dimensions dims = l.out_dims();
  const int axis = axis_of(l.integer("axis", 1), static_cast<int>(dims.size()));
  bool sample = false;
  for (std::size_t k = 0; k < l.input_count(); ++k)
    sample = sample || (l.constant(k) == nullptr && l.in(k).sample);
  sample = sample && axis > 0;
  std::vector<int> parts;
  for (std::size_t k = 0; k < l.input_count(); ++k) {
    if (count_of(l.dims(k)) == 0) continue;
    const term t = sample ? l.per_sample(l.in(k)) : l.full(k);
    parts.push_back(t.statement);
  }
  l.out(0, join(l.to, parts, sample ? axis - 1 : axis), sample);
}

/// Sizes of the parts of a split.
std::vector<std::int64_t> sizes_of(const call& c, const tensor* input, std::int64_t extent) {
  if (const auto given = integers_of(c, input, "split")) return *given;
  auto parts = static_cast<std::int64_t>(c.at().outputs.size());
  parts = c.integer("num_outputs", parts);
  if (parts < 1 || parts > extent)
    throw refusal(fmt::format("{} parts of an axis of {}", parts, extent));
  const std::int64_t each = (extent + parts - 1) / parts;
  std::vector<std::int64_t> sizes;
  for (std::int64_t i = 0; i < parts; ++i)
    sizes.push_back(std::clamp(extent - i * each, std::int64_t{0}, each));
  return sizes;
}

void evaluate_split(evaluation& e) {
  const tensor& x = e.in(0);
  const int axis = axis_of(e.integer("axis", 0), x.rank());
  const auto at = static_cast<std::size_t>(axis);
  const std::vector<std::int64_t> sizes = sizes_of(e, e.has(1) ? &e.in(1) : nullptr, x.dims[at]);
  std::int64_t sum = 0;
  for (const std::int64_t s : sizes) sum += std::clamp(s, std::int64_t{0}, most_elements);
  if (sum != x.dims[at] || sizes.size() != e.output_count())
    throw refusal(
        fmt::format("{} parts of {} elements for an axis of {}", sizes.size(), sum, x.dims[at]));
  const blocks b(x.dims, axis);
  const std::size_t row = static_cast<std::size_t>(x.dims[at]) * b.inner;
  std::size_t column = 0;
  for (std::size_t k = 0; k < sizes.size(); ++k) {
    dimensions dims = x.dims;
    dims[at] = sizes[k];
    const std::size_t width = static_cast<std::size_t>(sizes[k]) * b.inner;
    tensor& y = e.out(k, x.type, dims);
    for (std::size_t i = 0; i < b.outer && x.type != element::text; ++i)
      std::copy_n(x.numbers.begin() + static_cast<std::ptrdiff_t>(i * row + column), width,
                  y.numbers.begin() + static_cast<std::ptrdiff_t>(i * width));
    column += width;
  }
}

void lower_split(lowering& l) {
  if (l.has(1)) l.constant(1, "the sizes of the parts");
  const auto [x, axis] = along(l, 0, l.integer("axis", 0));
  std::int64_t begin = 0;
  const std::size_t shift = x.sample ? 1 : 0;
  for (std::size_t k = 0; k < l.output_count(); ++k) {
    if (l.at().outputs[k].empty()) throw refusal("one of its results has no name");
    const std::int64_t size = l.out_dims(k).at(static_cast<std::size_t>(axis) + shift);
    if (size > 0) l.out(k, cut(l.to, x.statement, axis, begin, size), x.sample);
    begin += size;
  }
}

const registered entries{
    {"", "Concat", evaluate_concat, lower_concat},
    {"", "Split", evaluate_split, lower_split},
};

}  // namespace
}  // namespace tapeless::gen
