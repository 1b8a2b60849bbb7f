#include <catch2/catch.hpp>
#include <tapeless/simd/memory.hpp>
#include <tapeless/simd/transpose.hpp>

#include "every_vector.hpp"

namespace tl = tapeless;
namespace simd = tapeless::simd;

TEMPLATE_LIST_TEST_CASE("a square of vectors is transposed in registers", "[simd][transpose]",
                        tests::every_vector) {
  using V = TestType;
  using T = tl::scalar_of<V>;
  constexpr std::size_t width = simd::width_of<V>;
  V rows[width];
  for (std::size_t i = 0; i < width; ++i) {
    T row[width];
    for (std::size_t j = 0; j < width; ++j) row[j] = static_cast<T>(100 * i + j);
    rows[i] = simd::load<V>(row);
  }
  simd::transpose(rows);
  for (std::size_t i = 0; i < width; ++i) {
    T row[width];
    simd::store(row, rows[i]);
    for (std::size_t j = 0; j < width; ++j) CHECK(row[j] == static_cast<T>(100 * j + i));
  }
}
