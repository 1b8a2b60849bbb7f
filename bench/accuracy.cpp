// Error bounds of the elementary functions in units in the last place.
//
//   accuracy [stride]
//
// The float functions run over every stride-th bit pattern (1 is all 2^32 of them) against the C
// library in double; the double functions run over as many random patterns, at most 2^24, against
// the C library in long double. The bodies are the vector ones, in the widest registers that the
// program was compiled for.

#include <fmt/format.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <random>
#include <tapeless/core/math.hpp>
#include <tapeless/simd/simd.hpp>

namespace tl = tapeless;

namespace {

/// The worst case met, and how often inf, NaN or a zero stood where it should not, or did not.
struct error_bound {
  long double ulp = 0;
  long double at = 0;
  std::uint64_t wrong_specials = 0;
  bool flushes = false;

  template <class T>
  void add(T x, T got, long double want) {
    const T rounded = static_cast<T>(want);
    if (std::isnan(rounded) || std::isinf(rounded)) {
      if (std::isnan(rounded) ? !std::isnan(got) : got != rounded) ++wrong_specials;
      return;
    }
    if (!std::isfinite(got)) {
      ++wrong_specials;
      return;
    }
    // Functions that flush tiny results to zero may do so anywhere below the normal numbers.
    const auto smallest = static_cast<long double>(std::numeric_limits<T>::min());
    if (flushes && std::abs(want) < smallest && std::abs(got) < smallest) return;
    int exponent = std::numeric_limits<T>::min_exponent - 1;
    if (std::abs(want) >= smallest) exponent = std::ilogb(want);
    const long double unit = std::scalbn(1.0L, exponent - (std::numeric_limits<T>::digits - 1));
    const long double error = std::abs(static_cast<long double>(got) - want) / unit;
    if (error > ulp) {
      ulp = error;
      at = static_cast<long double>(x);
    }
  }
};

struct bits_in_order {
  std::uint64_t stride, next = 0;
  float operator()() {
    const float x = std::bit_cast<float>(static_cast<std::uint32_t>(next));
    next += stride;
    return x;
  }
};

struct random_bits {
  std::mt19937_64 generator{1};
  /// Half of the samples over all bit patterns, half where the functions are neither 0 nor inf.
  double operator()() {
    const std::uint64_t bits = generator();
    const double x = std::bit_cast<double>(bits);
    if (bits & 1) return x;
    return std::copysign(std::exp2(-30. + 40. * static_cast<double>(generator() >> 11) * 0x1p-53),
                         x);
  }
};

template <class T, class Body, class Reference, class Samples>
error_bound measure(Body body, Reference reference, Samples samples, std::uint64_t count,
                    bool flushes) {
  using V = tl::simd::lanes<T, tl::simd::max_width<T>>;
  constexpr std::size_t width = tl::simd::width_of<V>;
  error_bound bound;
  bound.flushes = flushes;
  T x[width], y[width];
  for (std::uint64_t i = 0; i < count; i += width) {
    for (T& value : x) value = samples();
    tl::simd::store(y, body(tl::simd::load<V>(x)));
    for (std::size_t lane = 0; lane < width; ++lane)
      bound.add(x[lane], y[lane], static_cast<long double>(reference(x[lane])));
  }
  return bound;
}

template <class Body, class Reference>
void row(const char* name, std::uint64_t stride, Body body, Reference reference,
         bool flushes = false) {
  const std::uint64_t count = (std::uint64_t{1} << 32) / stride;
  const auto in_double = [&](float x) { return reference(static_cast<double>(x)); };
  const auto in_long_double = [&](double x) { return reference(static_cast<long double>(x)); };
  const error_bound f = measure<float>(body, in_double, bits_in_order{stride}, count, flushes);
  const error_bound d =
      measure<double>(body, in_long_double, random_bits{},
                      std::min<std::uint64_t>(count, std::uint64_t{1} << 24), flushes);
  fmt::print("{:<9} {:>8.3f} {:>15.8g} {:>6} {:>8.3f} {:>24.16g} {:>6}\n", name,
             static_cast<double>(f.ulp), static_cast<double>(f.at), f.wrong_specials,
             static_cast<double>(d.ulp), static_cast<double>(d.at), d.wrong_specials);
}

}  // namespace

int main(int argc, char** argv) {
  const std::uint64_t stride = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 997;
  if (stride == 0) {
    fmt::print(stderr, "accuracy: the stride must be a positive number, not '{}'\n", argv[1]);
    return 1;
  }
  fmt::print("{}, every {} of 2^32 floats\n\n", tl::simd::native::name, stride);
  fmt::print("{:<9} {:>8} {:>15} {:>6} {:>8} {:>24} {:>6}\n", "", "float", "at", "wrong", "double",
             "at", "wrong");
  // A lambda for each, because a function template has no address without its argument.
  row(
      "exp", stride, [](auto x) { return tl::math::exp(x); }, [](auto x) { return std::exp(x); });
  row(
      "expm1", stride, [](auto x) { return tl::math::expm1(x); },
      [](auto x) { return std::expm1(x); });
  row(
      "log", stride, [](auto x) { return tl::math::log(x); }, [](auto x) { return std::log(x); });
  row(
      "log1p", stride, [](auto x) { return tl::math::log1p(x); },
      [](auto x) { return std::log1p(x); });
  row(
      "tanh", stride, [](auto x) { return tl::math::tanh(x); },
      [](auto x) { return std::tanh(x); });
  row(
      "sigmoid", stride, [](auto x) { return tl::math::sigmoid(x); },
      [](auto x) { return 1 / (1 + std::exp(-x)); }, true);
  row(
      "erf", stride, [](auto x) { return tl::math::erf(x); }, [](auto x) { return std::erf(x); });
  row(
      "softplus", stride, [](auto x) { return tl::math::softplus(x); },
      [](auto x) { return std::fmax(x, 0) + std::log1p(std::exp(-std::abs(x))); });
}
