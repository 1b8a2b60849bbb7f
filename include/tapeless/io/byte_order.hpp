#pragma once
// Numbers in files have a stated byte order; numbers in memory have the machine's.

#include <tapeless/core/config.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstring>
#include <span>
#include <type_traits>

namespace tapeless {

template <class V>
concept plain_number = std::is_arithmetic_v<V>;

/// The number stored in the first sizeof(V) bytes in the given byte order.
/// Precondition: at least sizeof(V) bytes.
template <plain_number V>
TAPELESS_NATIVE constexpr V load_number(std::span<const std::byte> from, std::endian order) {
  std::array<std::byte, sizeof(V)> raw{};
  std::copy_n(from.begin(), sizeof(V), raw.begin());
  if (order != std::endian::native) std::reverse(raw.begin(), raw.end());
  return std::bit_cast<V>(raw);
}

/// The bytes of a number in the given byte order.
template <plain_number V>
TAPELESS_NATIVE constexpr std::array<std::byte, sizeof(V)> store_number(V value,
                                                                        std::endian order) {
  auto raw = std::bit_cast<std::array<std::byte, sizeof(V)>>(value);
  if (order != std::endian::native) std::reverse(raw.begin(), raw.end());
  return raw;
}

/// Turns the bytes of every `width`-byte element around: one byte order to the other, in place.
/// Precondition: the size is a multiple of `width`.
TAPELESS_NATIVE constexpr void swap_byte_order(std::span<std::byte> elements, std::size_t width) {
  for (std::size_t i = 0; i + width <= elements.size(); i += width) {
    const auto element = elements.subspan(i, width);
    std::reverse(element.begin(), element.end());
  }
}

}  // namespace tapeless
