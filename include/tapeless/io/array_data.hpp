#pragma once
// An array as files hold it: element type, shape and bytes. Every array format reads into this.

#include <tapeless/io/joined.hpp>
#include <tapeless/core/config.hpp>
#include <tapeless/io/byte_order.hpp>
#include <tapeless/io/file.hpp>
#include <tapeless/io/half.hpp>

#include <fmt/format.h>

#include <array>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace tapeless {

/// What one element of an array in a file is; `boolean` is one byte, 0 or 1.
enum class element_type : std::uint8_t {
  f64,
  f32,
  f16,
  bf16,
  i64,
  u64,
  i32,
  u32,
  i16,
  u16,
  i8,
  u8,
  boolean
};

/// Bytes of one element.
TAPELESS_NATIVE constexpr std::size_t element_size(element_type type) {
  constexpr std::array<std::size_t, 13> sizes{8, 4, 2, 2, 8, 8, 4, 4, 2, 2, 1, 1, 1};
  return sizes[static_cast<std::size_t>(type)];
}

/// Short name as in messages: "f32", "i64", ...
TAPELESS_NATIVE constexpr std::string_view element_name(element_type type) {
  constexpr std::array<std::string_view, 13> names{"f64", "f32", "f16", "bf16", "i64", "u64", "i32",
                                                   "u32", "i16", "u16", "i8",   "u8",  "bool"};
  return names[static_cast<std::size_t>(type)];
}

/// The element type that holds a C++ number as it is.
template <class V>
requires std::same_as<V, double> || std::same_as<V, float> || std::same_as<V, std::int64_t> ||
    std::same_as<V, std::int32_t> || std::same_as<V, std::uint8_t>
        TAPELESS_NATIVE constexpr element_type element_type_of() {
  if constexpr (std::same_as<V, double>) {
    return element_type::f64;
  } else if constexpr (std::same_as<V, float>) {
    return element_type::f32;
  } else if constexpr (std::same_as<V, std::int64_t>) {
    return element_type::i64;
  } else if constexpr (std::same_as<V, std::int32_t>) {
    return element_type::i32;
  } else {
    return element_type::u8;
  }
}

using array_shape = std::vector<std::int64_t>;

/// "[2, 3]"; a scalar is "[]".
TAPELESS_NATIVE inline std::string shape_text(const array_shape& shape) {
  return fmt::format("[{}]", detail::joined(shape, ", "));
}

/// Product of the extents, 1 for a scalar; nothing if one is negative or the product of those above
/// 0, times `factor`, exceeds 63 bits.
TAPELESS_NATIVE inline std::optional<std::size_t> element_count(const array_shape& shape,
                                                                std::size_t factor = 1) {
  constexpr auto limit = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  std::uint64_t count = 1;
  bool empty = false;
  for (const std::int64_t extent : shape) {
    if (extent < 0) return std::nullopt;
    if (extent == 0) empty = true;
    if (extent > 0 && count > limit / static_cast<std::uint64_t>(extent)) return std::nullopt;
    if (extent > 0) count *= static_cast<std::uint64_t>(extent);
  }
  if (factor > 0 && count > limit / factor) return std::nullopt;
  return empty ? 0 : static_cast<std::size_t>(count);
}

/// An array in row-major order; the bytes of an element are in the machine's order.
struct array_data {
  element_type type = element_type::f32;
  array_shape shape;
  byte_buffer content;  ///< size() * element_size(type) bytes

  TAPELESS_NATIVE std::size_t size() const { return content.size() / element_size(type); }

  /// Element `i` in row-major order as a double: exact but for 64-bit integers beyond 2^53, which
  /// are rounded. Precondition: i < size().
  TAPELESS_NATIVE double at(std::size_t i) const {
    switch (type) {
      case element_type::f64:
        return number<double>(i);
      case element_type::f32:
        return static_cast<double>(number<float>(i));
      case element_type::f16:
        return static_cast<double>(float_from_f16(number<std::uint16_t>(i)));
      case element_type::bf16:
        return static_cast<double>(float_from_bf16(number<std::uint16_t>(i)));
      case element_type::i64:
        return static_cast<double>(number<std::int64_t>(i));
      case element_type::u64:
        return static_cast<double>(number<std::uint64_t>(i));
      case element_type::i32:
        return number<std::int32_t>(i);
      case element_type::u32:
        return number<std::uint32_t>(i);
      case element_type::i16:
        return number<std::int16_t>(i);
      case element_type::u16:
        return number<std::uint16_t>(i);
      case element_type::i8:
        return number<std::int8_t>(i);
      case element_type::boolean:
        return number<std::uint8_t>(i) != 0 ? 1 : 0;  // as NumPy takes bytes above 1
      case element_type::u8:
        break;
    }
    return number<std::uint8_t>(i);
  }

  /// All elements as T, rounded to nearest; doubles beyond float's range become infinities.
  template <std::floating_point T>
  TAPELESS_NATIVE std::vector<T> values() const {
    std::vector<T> result(size());
    for (std::size_t i = 0; i < result.size(); ++i) result[i] = static_cast<T>(at(i));
    return result;
  }

  friend bool operator==(const array_data&, const array_data&) = default;

 private:
  template <class V>
  TAPELESS_NATIVE V number(std::size_t i) const {
    return load_number<V>(std::span(content).subspan(i * sizeof(V)), std::endian::native);
  }
};

/// An array of the given shape with a copy of the values (double, float, int64, int32 or uint8).
/// Errors: std::runtime_error if the shape does not hold exactly these values.
template <class V>
TAPELESS_NATIVE array_data make_array(array_shape shape, std::span<const V> values) {
  const auto count = element_count(shape);
  if (count != values.size()) {
    throw std::runtime_error(fmt::format("make_array: {} values do not fill shape {}",
                                         values.size(), shape_text(shape)));
  }
  const auto raw = std::as_bytes(values);
  return {element_type_of<V>(), std::move(shape), byte_buffer(raw.begin(), raw.end())};
}

}  // namespace tapeless
