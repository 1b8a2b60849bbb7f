#include <catch2/catch.hpp>
#include <tapeless/core/math_random.hpp>
#include <tapeless/simd/index.hpp>
#include <tapeless/simd/memory.hpp>

#include "every_vector.hpp"

namespace tl = tapeless;
namespace math = tapeless::math;
namespace simd = tapeless::simd;

static_assert(std::is_same_v<simd::index_lanes<float>, std::uint32_t>);
static_assert(math::mix(0u, 0u, 0u) == 0u && math::mix(1u, 0u, 0u) != math::mix(1u, 0u, 1u));

TEMPLATE_LIST_TEST_CASE("random numbers do not depend on the vector they are drawn in",
                        "[simd][index]", tests::every_vector) {
  using V = TestType;
  using T = tl::scalar_of<V>;
  constexpr std::size_t width = simd::width_of<V>;
  for (const std::uint32_t first : {0u, 12345u, 0x7ffffffdu, 0xfffffffau})
    for (const std::uint32_t key : {0u, 1u, 0x9e3779b9u}) {
      T drawn[width];
      simd::store(drawn,
                  math::uniform_from_bits<V>(math::mix(simd::count_from<V>(first), key, ~key)));
      for (std::size_t i = 0; i < width; ++i) {
        const std::uint32_t bits = math::mix(first + static_cast<std::uint32_t>(i), key, ~key);
        CHECK(drawn[i] == math::uniform_from_bits<T>(bits));
      }
    }
}
