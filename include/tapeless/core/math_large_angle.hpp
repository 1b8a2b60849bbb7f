#pragma once
// Angles so large that pi / 2 in a few parts does not reduce them: one number at a time, exactly.

#include <bit>
#include <cstdint>
#include <cstring>
#include <tapeless/core/lane.hpp>
#include <tapeless/core/wide_integer.hpp>

namespace tapeless::math::detail {

/// x = n pi/2 + r + low with |r| <= pi/4, up to multiples of 4 in n.
template <class V>
struct reduced_angle {
  V r, low, n;
};

/// The bits of 2 / pi behind the point, after 64 zeros.
inline constexpr std::uint64_t two_over_pi[] = {0,
                                                0xa2f9836e4e441529,
                                                0xfc2757d1f534ddc0,
                                                0xdb6295993c439041,
                                                0xfe5163abdebbc561,
                                                0xb7246e3a424dd2e0,
                                                0x06492eea09d1921c,
                                                0xfe1deb1cb129a73e,
                                                0xe88235f52ebb4484,
                                                0xe99c7026b45f7e41,
                                                0x3991d639835339f4,
                                                0x9c845f8bbdf9283b,
                                                0x1ff897ffde05980f,
                                                0xef2f118b5a0a6d1f,
                                                0x6d367ecf27cb09b7,
                                                0x4f463f669e5fea2d,
                                                0x7527bac7ebe5f17b,
                                                0x3d0739f78a5292ea,
                                                0x6bfb5fb11f8d5d08,
                                                0x56033046fc7b6bab,
                                                0xf0cfbc209af4361d};

using wide = tapeless::detail::wide_integer;

/// A fraction of 192 bits.
struct long_fraction {
  std::uint64_t word[3];  ///< the highest first

  TAPELESS_NATIVE constexpr void negate() noexcept {
    wide carry = 1;
    for (int i = 2; i >= 0; --i) {
      carry += ~word[i];
      word[i] = static_cast<std::uint64_t>(carry);
      carry >>= 64;
    }
  }
  /// Shifts the highest set bit to the top; by how much.
  TAPELESS_NATIVE constexpr int normalize() noexcept {
    int shift = 0;
    for (; word[0] == 0 && shift < 128; shift += 64) {
      word[0] = word[1];
      word[1] = word[2];
      word[2] = 0;
    }
    if (const int s = std::countl_zero(word[0]); s > 0 && s < 64) {
      word[0] = word[0] << s | word[1] >> (64 - s);
      word[1] = word[1] << s | word[2] >> (64 - s);
      shift += s;
    }
    return shift;
  }
};

/// x / (2 pi) modulo 1 for a number m 2^exponent with exponent >= -62: of the bits of 2 / pi those
/// count that neither give multiples of 4 nor lie 192 bits further down.
TAPELESS_NATIVE constexpr long_fraction turns_of(std::uint64_t m, int exponent) noexcept {
  const int begin = exponent + 62, first = begin / 64, shift = begin % 64;
  std::uint64_t w[3] = {};
  for (int k = 0; k < 3; ++k) {
    w[k] = two_over_pi[first + k] << shift;
    if (shift != 0) w[k] |= two_over_pi[first + k + 1] >> (64 - shift);
  }
  long_fraction f{};
  wide sum = 0;
  for (int k = 2; k >= 0; --k) {
    sum += wide{m} * w[k];
    f.word[k] = static_cast<std::uint64_t>(sum);
    sum >>= 64;
  }
  return f;
}

/// Reduces a positive number from 1 up; NaN for inf and NaN.
/// Source: Payne, Hanek 1983, "Radian reduction for trigonometric functions".
TAPELESS_NATIVE constexpr reduced_angle<double> reduce_large(double x) noexcept {
  using L = tapeless::detail::limits<double>;
  if (!(x <= L::max)) return {L::not_a_number, L::not_a_number, 0};
  const auto bits = __builtin_bit_cast(std::uint64_t, x);
  long_fraction f =
      turns_of((bits & 0xfffffffffffffull) | 1ull << 52, static_cast<int>(bits >> 52) - 1075);
  const std::uint64_t n = (f.word[0] + (1ull << 61)) >> 62;
  f.word[0] -= n << 62;
  const bool negative = f.word[0] >> 63 != 0;
  if (negative) f.negate();
  const int shift = f.normalize();
  // Times pi / 2, of which these are 128 bits.
  constexpr std::uint64_t high = 0xc90fdaa22168c234, low = 0xc4c6628b80dc1cd1;
  const wide product =
      wide{f.word[0]} * high + (wide{f.word[0]} * low >> 64) + (wide{f.word[1]} * high >> 64);
  const auto power = [](int e) {
    return __builtin_bit_cast(double, static_cast<std::uint64_t>(e + 1023) << 52);
  };
  const double unit = negative ? -power(-125 - shift) : power(-125 - shift);
  const auto upper = static_cast<std::uint64_t>(product >> 75);
  const wide rest = product - (wide{upper} << 75);
  return {static_cast<double>(upper) * power(75) * unit,
          static_cast<double>(static_cast<std::uint64_t>(rest >> 11)) * 2048.0 * unit,
          static_cast<double>(n & 3)};
}

/// The same rounded to a scalar type.
template <class T>
TAPELESS_NATIVE [[gnu::cold, gnu::noinline]] constexpr reduced_angle<T> reduce_large_as(
    T x) noexcept {
  const reduced_angle<double> a = reduce_large(static_cast<double>(x));
  const T r = static_cast<T>(a.r);
  return {r, static_cast<T>(a.r - static_cast<double>(r) + a.low), static_cast<T>(a.n)};
}

/// Replaces the lanes of `angle` whose size is above `limit`. Out of line: kernels hardly need it.
template <numeric_lane V>
TAPELESS_NATIVE [[gnu::cold, gnu::noinline]] void reduce_large_lanes(
    const V& size, scalar_of<V> limit, reduced_angle<V>& angle) noexcept {
  using T = scalar_of<V>;
  constexpr std::size_t width = lane_width<V>;
  T x[width], part[3][width];
  std::memcpy(x, &size, sizeof(x));
  std::memcpy(part[0], &angle.r, sizeof(x));
  std::memcpy(part[1], &angle.low, sizeof(x));
  std::memcpy(part[2], &angle.n, sizeof(x));
  for (std::size_t i = 0; i < width; ++i)
    if (x[i] > limit) {
      const reduced_angle<T> a = detail::reduce_large_as(x[i]);
      part[0][i] = a.r, part[1][i] = a.low, part[2][i] = a.n;
    }
  std::memcpy(&angle.r, part[0], sizeof(x));
  std::memcpy(&angle.low, part[1], sizeof(x));
  std::memcpy(&angle.n, part[2], sizeof(x));
}

}  // namespace tapeless::math::detail
