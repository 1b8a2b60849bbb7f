// Errors of the elementary functions over all floats, and over sampled doubles.
//
//   accuracy [stride] [function]
//
// The float functions run over every stride-th bit pattern (1, the default, is all 2^32 of them)
// against the C library in double; the double functions run over 2^26 / stride^(1/2) arguments, at
// random and around the breakpoints of the argument reductions, against the C library in long
// double. The bodies are the vector ones, in the widest registers that the program was compiled
// for. Prints, for each function, the worst error in units in the last place and where, the worst
// absolute and relative errors where the result is a normal number, and how many results were
// infinite, NaN, a number or of the other sign where they should not have been.

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <random>
#include <string_view>
#include <tapeless/core/math.hpp>
#include <tapeless/simd/simd.hpp>
#include <thread>
#include <utility>
#include <vector>

namespace tl = tapeless;

namespace {

/// The type that references are computed in: with as many spare bits as the machine has.
template <class T>
using reference_type = std::conditional_t<sizeof(T) == 4, double, long double>;

/// The worst cases met.
template <class T>
struct errors {
  using R = reference_type<T>;
  R ulp = 0, absolute = 0, relative = 0;
  T at = 0;
  std::uint64_t wrong = 0;

  void add(T x, T got, R want, bool flushes) {
    const auto smallest = static_cast<R>(std::numeric_limits<T>::min());
    const T nearest = static_cast<T>(want);
    if (!std::isfinite(nearest) || !std::isfinite(got)) {
      wrong += std::isnan(nearest) ? !std::isnan(got) : got != nearest;
      return;
    }
    // Functions that flush tiny results to zero may do so anywhere below the normal numbers.
    const R size = std::abs(want), error = std::abs(static_cast<R>(got) - want);
    if (flushes && size < smallest && std::abs(got) < std::numeric_limits<T>::min()) return;
    wrong += std::signbit(got) != std::signbit(want);
    const R unit = unit_of(std::max(size, smallest));
    if (error > ulp * unit) ulp = error / unit, at = x;
    absolute = std::max(absolute, error);
    if (size >= smallest && error > relative * size) relative = error / size;
  }

  /// The distance between the values of type T around a normal one.
  static R unit_of(R size) {
    constexpr int digits = std::numeric_limits<T>::digits;
    if constexpr (sizeof(T) == 4) {
      const std::uint64_t exponent = std::bit_cast<std::uint64_t>(size) >> 52;
      return std::bit_cast<double>((exponent - (digits - 1)) << 52);
    } else {
      return std::scalbn(R(1), std::ilogb(size) - (digits - 1));
    }
  }

  void add(const errors& other) {
    if (other.ulp > ulp) ulp = other.ulp, at = other.at;
    absolute = std::max(absolute, other.absolute);
    relative = std::max(relative, other.relative);
    wrong += other.wrong;
  }
};

/// Arguments number `first` and following.
struct floats_in_order {
  std::uint64_t next, stride;
  floats_in_order(std::uint64_t first, std::uint64_t step) : next(first * step), stride(step) {}
  float operator()() {
    return std::bit_cast<float>(static_cast<std::uint32_t>(std::exchange(next, next + stride)));
  }
};

/// In turn: any bit pattern; a moderate number; a neighbour of a multiple of ln(2) / 4, where a
/// reduction changes over; a neighbour of a number of few bits.
struct sampled_doubles {
  std::mt19937_64 generator;
  unsigned turn = 0;
  sampled_doubles(std::uint64_t first, std::uint64_t) : generator(first) {}
  double operator()() {
    const std::uint64_t bits = generator();
    const double any = std::bit_cast<double>(bits);
    const double fraction = static_cast<double>(generator() >> 11) * 0x1p-53;
    const auto small = static_cast<double>(static_cast<std::int64_t>(bits % 8192) - 4096);
    const auto near = static_cast<std::uint64_t>(generator() % 9);
    const auto neighbour = [&](double x) {
      return std::bit_cast<double>(std::bit_cast<std::uint64_t>(x) + near - 4);
    };
    switch (turn++ % 4) {
      case 0:
        return any;
      case 1:
        return std::copysign(std::exp2(-30 + 40 * fraction), any);
      case 2:
        return neighbour(small * 0.17328679513998632);
      default:
        return neighbour((small + 0.5) * std::exp2(-std::floor(16 * fraction)));
    }
  }
};

/// Runs `count` arguments through both functions on every processor.
template <class T, class Samples, class Body, class Reference>
errors<T> measure(std::string_view name, Body body, Reference reference, std::uint64_t count,
                  std::uint64_t stride, bool flushes) {
  using V = tl::simd::lanes<T, tl::simd::max_width<T>>;
  constexpr std::size_t width = tl::simd::width_of<V>;
  constexpr std::uint64_t block = 1u << 16;
  const std::uint64_t blocks = (count + block - 1) / block;
  std::atomic<std::uint64_t> next{0};
  std::vector<errors<T>> worst(std::max(1u, std::thread::hardware_concurrency()));

  const auto work = [&](std::size_t worker) {
    errors<T> mine;
    for (std::uint64_t b = next++; b < blocks; b = next++) {
      Samples samples{b * block, stride};
      T x[width], y[width];
      for (std::uint64_t i = 0; i < std::min(block, count - b * block); i += width) {
        for (T& value : x) value = samples();
        tl::simd::store(y, body(tl::simd::load<V>(x)));
        for (std::size_t lane = 0; lane < width; ++lane)
          mine.add(x[lane], y[lane], reference(static_cast<reference_type<T>>(x[lane])), flushes);
      }
      if (worker == 0 && b % 64 < worst.size())
        fmt::print(stderr, "\r{:<13} {} {:>3}%", name, sizeof(T) == 4 ? "float " : "double",
                   100 * b / blocks);
    }
    worst[worker] = mine;
  };
  std::vector<std::jthread> others;
  for (std::size_t w = 1; w < worst.size(); ++w) others.emplace_back(work, w);
  work(0);
  others.clear();
  fmt::print(stderr, "\r{:30}\r", "");
  for (std::size_t w = 1; w < worst.size(); ++w) worst[0].add(worst[w]);
  return worst[0];
}

template <class T>
void print(std::string_view name, const errors<T>& e) {
  fmt::print("{:<13} {} {:>9.4g} {:>24.17g} {:>10.2e} {:>10.2e} {:>8}\n", name,
             sizeof(T) == 4 ? "float " : "double", static_cast<double>(e.ulp),
             static_cast<double>(e.at), static_cast<double>(e.absolute),
             static_cast<double>(e.relative), e.wrong);
  std::fflush(stdout);
}

struct options {
  std::uint64_t stride = 1;
  std::string_view only;
};

enum class tiny_results { kept, flushed };

template <class Body, class Reference>
void row(const options& chosen, std::string_view name, Body body, Reference reference,
         tiny_results tiny = tiny_results::kept) {
  if (!chosen.only.empty() && chosen.only != name) return;
  const std::uint64_t floats = (std::uint64_t{1} << 32) / chosen.stride;
  const auto doubles =
      static_cast<std::uint64_t>(0x1p26 / std::sqrt(static_cast<double>(chosen.stride)));
  const bool flushes = tiny == tiny_results::flushed;
  print(name,
        measure<float, floats_in_order>(name, body, reference, floats, chosen.stride, flushes));
  print(name, measure<double, sampled_doubles>(name, body, reference, doubles, 1, flushes));
}

/// Quotients of two numbers of random mantissas, and of some next to a power of two, with divisors
/// over the range that divide_fast takes; `at` is the divisor.
template <class T>
errors<T> quotients(std::uint64_t count) {
  using V = tl::simd::lanes<T, tl::simd::max_width<T>>;
  constexpr std::size_t width = tl::simd::width_of<V>;
  constexpr int digits = std::numeric_limits<T>::digits;
  std::mt19937_64 bits(1);
  const auto draw = [&](int spread) {
    const std::uint64_t any = bits(), kind = any % 8, low = any >> 40;
    T x = 1 + std::ldexp(static_cast<T>(bits() >> (65 - digits)), 1 - digits);
    if (kind == 0) x = 1 + std::ldexp(static_cast<T>(low % 1024), 1 - digits);
    if (kind == 1) x = 2 - std::ldexp(static_cast<T>(1 + low % 1024), 1 - digits);
    return std::ldexp(x, static_cast<int>((any >> 8) % static_cast<unsigned>(2 * spread)) - spread);
  };
  errors<T> worst;
  for (std::uint64_t i = 0; i < count; i += width) {
    T a[width], b[width], y[width];
    for (T& x : a) x = draw(20);
    for (T& x : b) x = draw(100);
    tl::simd::store(y, tl::math::divide_fast(tl::simd::load<V>(a), tl::simd::load<V>(b)));
    for (std::size_t lane = 0; lane < width; ++lane)
      worst.add(b[lane], y[lane],
                static_cast<reference_type<T>>(a[lane]) / static_cast<reference_type<T>>(b[lane]),
                false);
  }
  return worst;
}

/// e^x that is infinite from where exp_fast says so: 2^(127 1/2) in float, 2^(1023 1/2) in double.
template <class R>
R early_infinity(R x) {
  using T = std::conditional_t<sizeof(R) == sizeof(double), float, double>;
  const R last = (sizeof(T) == 4 ? R(127.5) : R(1023.5)) /
                 static_cast<R>(tl::math::detail::exp_constants<T>::log2_e);
  return x > last ? std::numeric_limits<R>::infinity() : std::exp(x);
}

}  // namespace

int main(int argc, char** argv) {
  options o;
  if (argc > 1) o.stride = std::strtoull(argv[1], nullptr, 10);
  if (argc > 2) o.only = argv[2];
  if (o.stride == 0) {
    fmt::print(stderr, "accuracy: the stride must be a positive number, not '{}'\n", argv[1]);
    return 1;
  }
  fmt::print("{}, every {} of 2^32 floats\n\n", tl::simd::native::name, o.stride);
  fmt::print("{:<20} {:>9} {:>24} {:>10} {:>10} {:>8}\n", "", "ulp", "at", "absolute", "relative",
             "wrong");
  using enum tiny_results;
  const auto logistic = [](auto x) { return 1 / (1 + std::exp(-x)); };
  // A lambda for each, because a function template has no address without its argument.
  row(
      o, "exp", [](auto x) { return tl::math::exp(x); }, [](auto x) { return std::exp(x); });
  row(
      o, "expm1", [](auto x) { return tl::math::expm1(x); }, [](auto x) { return std::expm1(x); });
  row(
      o, "log", [](auto x) { return tl::math::log(x); }, [](auto x) { return std::log(x); });
  row(
      o, "log1p", [](auto x) { return tl::math::log1p(x); }, [](auto x) { return std::log1p(x); });
  row(
      o, "tanh", [](auto x) { return tl::math::tanh(x); }, [](auto x) { return std::tanh(x); });
  row(
      o, "sigmoid", [](auto x) { return tl::math::sigmoid(x); }, logistic, flushed);
  row(
      o, "erf", [](auto x) { return tl::math::erf(x); }, [](auto x) { return std::erf(x); });
  row(
      o, "softplus", [](auto x) { return tl::math::softplus(x); },
      [](auto x) {
        return std::isnan(x) ? x : std::fmax(x, 0) + std::log1p(std::exp(-std::abs(x)));
      });
  row(
      o, "sqrt", [](auto x) { return tl::math::sqrt(x); }, [](auto x) { return std::sqrt(x); });
  row(
      o, "sin", [](auto x) { return tl::math::sin(x); }, [](auto x) { return std::sin(x); });
  row(
      o, "cos", [](auto x) { return tl::math::cos(x); }, [](auto x) { return std::cos(x); });
  row(
      o, "tan", [](auto x) { return tl::math::tan(x); }, [](auto x) { return std::tan(x); });
  row(
      o, "asin", [](auto x) { return tl::math::asin(x); }, [](auto x) { return std::asin(x); });
  row(
      o, "acos", [](auto x) { return tl::math::acos(x); }, [](auto x) { return std::acos(x); });
  row(
      o, "atan", [](auto x) { return tl::math::atan(x); }, [](auto x) { return std::atan(x); });
  row(
      o, "sinh", [](auto x) { return tl::math::sinh(x); }, [](auto x) { return std::sinh(x); });
  row(
      o, "cosh", [](auto x) { return tl::math::cosh(x); }, [](auto x) { return std::cosh(x); });
  row(
      o, "asinh", [](auto x) { return tl::math::asinh(x); }, [](auto x) { return std::asinh(x); });
  row(
      o, "acosh", [](auto x) { return tl::math::acosh(x); }, [](auto x) { return std::acosh(x); });
  row(
      o, "atanh", [](auto x) { return tl::math::atanh(x); }, [](auto x) { return std::atanh(x); });
  row(
      o, "tanh_fast", [](auto x) { return tl::math::tanh_fast(x); },
      [](auto x) { return std::tanh(x); });
  row(
      o, "sigmoid_fast", [](auto x) { return tl::math::sigmoid_fast(x); }, logistic);
  row(
      o, "exp_fast", [](auto x) { return tl::math::exp_fast(x); },
      [](auto x) { return early_infinity(x); }, flushed);
  if (o.only.empty() || o.only == "divide_fast") {
    const auto pairs =
        static_cast<std::uint64_t>(0x1p28 / std::sqrt(static_cast<double>(o.stride)));
    print("divide_fast", quotients<float>(pairs));
    print("divide_fast", quotients<double>(pairs));
  }
}
