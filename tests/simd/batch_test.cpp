#include <catch2/catch.hpp>
#include <tapeless/simd/batch.hpp>

#include "every_vector.hpp"

namespace simd = tapeless::simd;

static_assert(simd::max_width<float, simd::sse2> == 4 && simd::max_width<double, simd::sse2> == 2);
static_assert(simd::max_width<float, simd::avx2> == 8 &&
              simd::max_width<double, simd::avx512> == 8);
static_assert(simd::max_width<float, simd::scalar_only> == 1);
static_assert(simd::has_width<float, 1, simd::sse2> && simd::has_width<float, 4, simd::avx512>);
static_assert(!simd::has_width<float, 8, simd::sse2> && !simd::has_width<float, 2, simd::avx2>);
static_assert(!simd::has_width<float, 12, simd::avx512> && simd::has_width<double, 2, simd::avx2>);
static_assert(std::is_same_v<simd::lanes<float, 1>, float>);
static_assert(simd::width_of<double> == 1 && !simd::vector<float>);

using widest = simd::lanes<float, simd::max_width<float>>;
static_assert(simd::width_of<widest> == simd::max_width<float>);
static_assert(std::is_same_v<simd::family_of<widest>, simd::native>);

TEMPLATE_LIST_TEST_CASE("a vector has the width and size its type says", "[simd][batch]",
                        tests::every_batch) {
  using T = tapeless::scalar_of<TestType>;
  STATIC_REQUIRE(simd::vector<TestType>);
  STATIC_REQUIRE(sizeof(TestType) == simd::width_of<TestType> * sizeof(T));
  const TestType x = TestType(T(2)) + TestType(T(1));
  for (std::size_t i = 0; i < simd::width_of<TestType>; ++i) CHECK(x.data[i] == T(3));
}
