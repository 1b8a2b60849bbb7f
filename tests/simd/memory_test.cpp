#include <catch2/catch.hpp>
#include <forbidden_pages.hpp>
#include <tapeless/simd/memory.hpp>
#include <utility>
#include <vector>

#include "every_vector.hpp"

namespace tl = tapeless;
namespace simd = tapeless::simd;

namespace {

template <class V, std::size_t N>
void check_partial() {
  using T = tl::scalar_of<V>;
  constexpr std::size_t width = simd::width_of<V>;
  // On the heap and exactly N long, so that a sanitizer sees any access beyond.
  std::vector<T> source(N), whole(width), target(N + 2 * width, T(-7));
  for (std::size_t i = 0; i < N; ++i) source[i] = static_cast<T>(i + 1);
  for (std::size_t i = 0; i < width; ++i) whole[i] = static_cast<T>(i + 1);

  T loaded[width], kept[width];
  simd::store(loaded, simd::load_partial<V, N>(source.data()));
  simd::store(kept, simd::keep_first<N>(simd::load<V>(whole.data()), V(T(-1))));
  for (std::size_t i = 0; i < width; ++i) {
    CHECK(loaded[i] == (i < N ? static_cast<T>(i + 1) : T(0)));
    CHECK(kept[i] == (i < N ? static_cast<T>(i + 1) : T(-1)));
  }

  simd::store_partial<N>(target.data() + width, simd::load<V>(whole.data()));
  for (std::size_t i = 0; i < target.size(); ++i) {
    const bool inside = i >= width && i < width + N;
    CHECK(target[i] == (inside ? static_cast<T>(i - width + 1) : T(-7)));
  }
}

/// Copies N values that end, as their copies do, at a forbidden page. What a compiler makes of a
/// load depends on what is stored of the vector, as on the sum of the vector.
template <class V, std::size_t N>
void check_last_values() {
  using T = tl::scalar_of<V>;
  const forbidden_pages::guarded from{N * sizeof(T), true}, to{N * sizeof(T), true};
  T* const source = static_cast<T*>(from.data());
  T* const target = static_cast<T*>(to.data());
  for (std::size_t i = 0; i < N; ++i) source[i] = static_cast<T>(i + 1);
  simd::store_partial<N>(target, simd::load_partial<V, N>(source));
  for (std::size_t i = 0; i < N; ++i) CHECK(target[i] == static_cast<T>(i + 1));
  T all[simd::width_of<V>] = {}, sum = T(0);
  simd::store(all, simd::load_partial<V, N>(source) + V(T(1)));
  for (const T x : all) sum += x;
  CHECK(sum == static_cast<T>(N * (N + 1) / 2 + simd::width_of<V>));
}

}  // namespace

TEMPLATE_LIST_TEST_CASE("partial loads end where memory ends", "[simd][memory]",
                        tests::every_vector) {
  [&]<std::size_t... N>(std::index_sequence<N...>) {
    (check_last_values<TestType, N + 1>(), ...);
  }(std::make_index_sequence<simd::width_of<TestType>>{});
}

TEMPLATE_LIST_TEST_CASE("partial loads and stores touch N values for every N", "[simd][memory]",
                        tests::every_vector) {
  [&]<std::size_t... N>(std::index_sequence<N...>) {
    (check_partial<TestType, N>(), ...);
  }(std::make_index_sequence<simd::width_of<TestType> + 1>{});
}

TEMPLATE_LIST_TEST_CASE("broadcasts fill every lane", "[simd][memory]", tests::every_vector) {
  using T = tl::scalar_of<TestType>;
  const T value = T(2.5);
  T a[simd::width_of<TestType>], b[simd::width_of<TestType>];
  simd::store(a, simd::broadcast<TestType>(value));
  simd::store(b, simd::broadcast_load<TestType>(&value));
  for (std::size_t i = 0; i < simd::width_of<TestType>; ++i) {
    CHECK(a[i] == value);
    CHECK(b[i] == value);
  }
}

TEMPLATE_LIST_TEST_CASE("every second value is loaded, and nothing beyond the last",
                        "[simd][memory]", tests::every_vector) {
  using T = tl::scalar_of<TestType>;
  constexpr std::size_t width = simd::width_of<TestType>;
  // On the heap and exactly as long, so that a sanitizer sees any access beyond.
  std::vector<T> source(2 * width - 1);
  for (std::size_t i = 0; i < source.size(); ++i) source[i] = static_cast<T>(i);
  T loaded[width];
  simd::store(loaded, simd::load_every_second<TestType>(source.data()));
  for (std::size_t i = 0; i < width; ++i) CHECK(loaded[i] == static_cast<T>(2 * i));
}
