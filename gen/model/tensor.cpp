#include "model/tensor.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <limits>
#include <stdexcept>

#include "model/refusal.hpp"
#include "model/work_limit.hpp"

namespace tapeless::gen {

std::string_view name_of(element type) {
  switch (type) {
    case element::f32:
      return "float";
    case element::u8:
      return "uint8";
    case element::i8:
      return "int8";
    case element::u16:
      return "uint16";
    case element::i16:
      return "int16";
    case element::i32:
      return "int32";
    case element::i64:
      return "int64";
    case element::text:
      return "string";
    case element::boolean:
      return "bool";
    case element::f16:
      return "float16";
    case element::f64:
      return "double";
    case element::u32:
      return "uint32";
    case element::u64:
      return "uint64";
    case element::bf16:
      return "bfloat16";
    case element::undefined:
      break;
  }
  return "an unsupported type";
}

bool is_float(element type) {
  return type == element::f32 || type == element::f64 || type == element::f16 ||
         type == element::bf16;
}

bool is_integer(element type) {
  return !is_float(type) && type != element::text && type != element::boolean &&
         type != element::undefined;
}

std::string text_of(const dimensions& dims) { return fmt::format("[{}]", fmt::join(dims, ", ")); }

std::int64_t count_of(const dimensions& dims) {
  if (dims.size() > most_axes_of_tensor)
    throw std::length_error(
        fmt::format("a tensor has {} axes, of {} at most", dims.size(), most_axes_of_tensor));
  // Extents of 0 aside: steps through the others are multiplied as well, and may not overflow.
  std::int64_t count = 1;
  bool empty = false;
  for (const std::int64_t extent : dims) {
    if (extent < 0) throw std::length_error("a negative extent in " + text_of(dims));
    if (extent > most_elements / count)
      throw std::length_error(fmt::format("a tensor of shape {} has more than {} elements",
                                          text_of(dims), most_elements));
    empty = empty || extent == 0;
    if (extent > 0) count *= extent;
  }
  return empty ? 0 : count;
}

std::int64_t tensor::integer(std::size_t i) const {
  const double x = numbers.at(i);
  if (x >= 9223372036854775807.0) return std::numeric_limits<std::int64_t>::max();
  if (x <= -9223372036854775808.0) return std::numeric_limits<std::int64_t>::min();
  return x == x ? static_cast<std::int64_t>(x) : 0;
}

std::vector<std::int64_t> tensor::integers() const {
  std::vector<std::int64_t> all(numbers.size());
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = integer(i);
  return all;
}

tensor zeros(element type, dimensions dims) {
  tensor t;
  t.type = type;
  const auto count = static_cast<std::size_t>(count_of(dims));
  // A text is counted as the doubles that its object takes the place of.
  charge_elements(static_cast<std::int64_t>(count) * (type == element::text ? 4 : 1));
  t.dims = std::move(dims);
  if (type == element::text)
    t.texts.resize(count);
  else
    t.numbers.resize(count);
  return t;
}

tensor scalar(element type, double number) {
  tensor t = zeros(type, {});
  t.numbers[0] = rounded_to(type, number);
  return t;
}

tensor vector_of(const std::vector<std::int64_t>& values) {
  tensor t = zeros(element::i64, {static_cast<std::int64_t>(values.size())});
  for (std::size_t i = 0; i < values.size(); ++i) t.numbers[i] = static_cast<double>(values[i]);
  return t;
}

namespace {

/// Truncated, and wrapped to so many bits.
double wrapped(double x, int bits, bool has_sign) {
  if (!std::isfinite(x)) return has_sign ? -std::ldexp(1.0, bits - 1) : 0;
  const double range = std::ldexp(1.0, bits);
  // Not by way of `range`: double has no room for it beside a small negative number.
  const double least = has_sign ? -range / 2 : 0;
  if (std::trunc(x) >= least && std::trunc(x) < least + range) return std::trunc(x);
  double y = std::fmod(std::trunc(x), range);
  if (y < 0) y += range;
  if (has_sign && y >= range / 2) y -= range;
  return y;
}

}  // namespace

double rounded_to(element type, double number) {
  switch (type) {
    case element::f32:
    case element::f16:
    case element::bf16:
      return static_cast<double>(static_cast<float>(number));
    case element::boolean:
      return number != 0 ? 1 : 0;
    case element::u8:
      return wrapped(number, 8, false);
    case element::i8:
      return wrapped(number, 8, true);
    case element::u16:
      return wrapped(number, 16, false);
    case element::i16:
      return wrapped(number, 16, true);
    case element::u32:
      return wrapped(number, 32, false);
    case element::i32:
      return wrapped(number, 32, true);
    case element::u64:
      return wrapped(number, 64, false);
    case element::i64:
      return number >= 0x1p63 ? number : wrapped(number, 64, true);
    case element::f64:
    case element::text:
    case element::undefined:
      break;
  }
  return number;
}

std::vector<std::int64_t> strides_of(const dimensions& dims) {
  std::vector<std::int64_t> strides(dims.size(), 1);
  for (std::size_t i = dims.size(); i-- > 1;) strides[i - 1] = strides[i] * dims[i];
  return strides;
}

int axis_of(std::int64_t axis, int rank) {
  if (axis < -rank || axis >= rank) throw refusal(fmt::format("axis {} of {} axes", axis, rank));
  return static_cast<int>(axis < 0 ? axis + rank : axis);
}

}  // namespace tapeless::gen
