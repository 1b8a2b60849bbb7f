// Every piece for one processor is held to its twin for any processor, bit for bit.
#if !defined(__clang__)  // registers as template arguments
#pragma GCC diagnostic ignored "-Wignored-attributes"
#endif

#include <tapeless/simd/generic/partial.hpp>
#include <tapeless/simd/generic/shuffle.hpp>
#include <tapeless/simd/intrinsics.hpp>
#include <tapeless/simd/partial.hpp>
#include <tapeless/simd/simd.hpp>

#include <catch2/catch.hpp>
#include <cstring>
#include <limits>
#include <simd/every_vector.hpp>

namespace simd = tapeless::simd;
namespace own = tapeless::simd::detail;
namespace twin = tapeless::simd::detail::generic;

namespace {

template <class R>
bool same(R a, R b) {
  return std::memcmp(&a, &b, sizeof(R)) == 0;
}

/// Numbers of every kind, other ones for each seed.
template <class R>
R numbers(int seed) {
  using T = twin::value_of<R>;
  using L = std::numeric_limits<T>;
  const T odd[] = {T(0), -T(0), L::infinity(), -L::infinity(), L::quiet_NaN(), L::denorm_min()};
  R x{};
  for (int i = 0; i < twin::values_in<R>; ++i) {
    const int k = seed * 7 + i * 5;
    x[i] = k % 3 == 0 ? odd[k / 3 % 6] : static_cast<T>(k % 11 - 5) / T(3);
  }
  return x;
}

template <std::size_t N, class V>
void check_partial() {
  using T = tapeless::scalar_of<V>;
  using R = typename V::register_type;
  if constexpr (N < simd::width_of<V>) {
    using P = own::partial<T, sizeof(V), simd::family_of<V>>;
    using Q = twin::partial<R>;
    const R a = numbers<R>(1), b = numbers<R>(2);
    T memory[simd::width_of<V>], p[simd::width_of<V>] = {}, q[simd::width_of<V>] = {};
    std::memcpy(memory, &a, sizeof(a));
    CHECK(same<R>(P::template load<N>(memory), Q::template load<N>(memory)));
    P::template store<N>(p, b);
    Q::template store<N>(q, b);
    CHECK(std::memcmp(p, q, sizeof(p)) == 0);
    CHECK(same<R>(P::template keep<N>(a, b), Q::template keep<N>(a, b)));
    check_partial<N + 1, V>();
  }
}

}  // namespace

TEMPLATE_LIST_TEST_CASE("pieces of a processor are their generic twins", "[simd]",
                        tests::every_vector) {
  using V = TestType;
  if constexpr (simd::vector<V>) {
    using namespace tapeless::simd::detail;  // not all instruction sets have halves
    using R = typename V::register_type;
    using T = tapeless::scalar_of<V>;
    for (int seed = 0; seed < 30; ++seed) {
      const R a = numbers<R>(seed), b = numbers<R>(seed + 1), c = numbers<R>(seed + 2);
      CHECK(same<R>(own::interleave_low(a, b), twin::interleave_low(a, b)));
      CHECK(same<R>(own::interleave_high(a, b), twin::interleave_high(a, b)));
      CHECK(same<R>(own::even_then_odd(a, b), twin::even_then_odd(a, b)));
      if constexpr (sizeof(T) == 4) {
        CHECK(same<R>(own::pair_low(a, b), twin::pair_low(a, b)));
        CHECK(same<R>(own::pair_high(a, b), twin::pair_high(a, b)));
        if constexpr (sizeof(R) == 16)
          CHECK(same<T>(own::second_first(a)[0], twin::second_first(a)[0]));
      }
      if constexpr (sizeof(R) > 16) {
        CHECK(same<decltype(lower(a))>(lower(a), twin::lower(a)));
        CHECK(same<decltype(upper(a))>(upper(a), twin::upper(a)));
        CHECK(same<R>(lowers(a, b), twin::lowers(a, b)));
        CHECK(same<R>(uppers(a, b), twin::uppers(a, b)));
      }
      if constexpr (sizeof(R) == 64) {
        CHECK(same<R>(even_blocks(a, b), twin::even_blocks(a, b)));
        CHECK(same<R>(odd_blocks(a, b), twin::odd_blocks(a, b)));
      }
      CHECK(same<R>(own::min(a, b), twin::min(a, b)));
      CHECK(same<R>(own::max(a, b), twin::max(a, b)));
      const R positive = own::max(R(V(T(0)).data), own::max(a, R(V(T(0)).data)));
      CHECK(same<R>(own::sqrt(positive), twin::sqrt(positive)));
      if constexpr (sizeof(R) < 64) {
        const R mask = (R)(a < b);
        CHECK(same<R>(own::clear_bits(mask, c), twin::clear_bits(mask, c)));
        CHECK(same<R>(own::keep_bits(mask, c), twin::keep_bits(mask, c)));
      }
      // Products of these are exact, with one rounding or two.
      R x = c, y = c, z = c;
      for (int i = 0; i < twin::values_in<R>; ++i)
        x[i] = T((i + seed) % 5), y[i] = T(seed - i), z[i] = T(seed * i % 7);
      CHECK(same<R>(own::fma(x, y, z), twin::fma(x, y, z)));
      CHECK(same<R>(own::fnma(x, y, z), twin::fnma(x, y, z)));
    }
    check_partial<1, V>();
  } else {
    SUCCEED("a scalar");
  }
}
