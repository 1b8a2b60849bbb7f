#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <tapeless/simd/memory.hpp>
#include <tapeless/simd/reduce.hpp>

#include "every_vector.hpp"

namespace tl = tapeless;
namespace simd = tapeless::simd;

namespace {

template <class V, std::size_t N>
void check_each() {
  using T = tl::scalar_of<V>;
  constexpr std::size_t width = simd::width_of<V>;
  V rows[N];
  T want[N] = {}, got[N];
  for (std::size_t i = 0; i < N; ++i) {
    T row[width];
    for (std::size_t j = 0; j < width; ++j) want[i] += row[j] = static_cast<T>(i * 100 + j * j);
    rows[i] = simd::load<V>(row);
  }
  simd::store(got, simd::reduce_add_each(rows));
  for (std::size_t i = 0; i < N; ++i) CHECK(got[i] == want[i]);
  if constexpr (2 * N <= width) check_each<V, 2 * N>();
}

}  // namespace

TEMPLATE_LIST_TEST_CASE("reductions over one vector", "[simd][reduce]", tests::every_vector) {
  using V = TestType;
  using T = tl::scalar_of<V>;
  constexpr std::size_t width = simd::width_of<V>;
  for (std::size_t top = 0; top < width; ++top) {
    T values[width];
    T sum = 0;
    for (std::size_t i = 0; i < width; ++i) sum += values[i] = static_cast<T>(i == top ? 50 : i);
    CHECK(simd::reduce_add(simd::load<V>(values)) == sum);
    CHECK(simd::reduce_max(simd::load<V>(values)) == T(50));
    values[top] = T(-50);
    CHECK(simd::reduce_min(simd::load<V>(values)) == T(-50));
    values[top] = std::numeric_limits<T>::quiet_NaN();
    CHECK(std::isnan(simd::reduce_max(simd::load<V>(values))));
    CHECK(std::isnan(simd::reduce_min(simd::load<V>(values))));
  }
}

TEMPLATE_LIST_TEST_CASE("sums of several vectors at once", "[simd][reduce]", tests::every_batch) {
  check_each<TestType, 16 / sizeof(tl::scalar_of<TestType>)>();
}
