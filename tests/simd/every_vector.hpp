#pragma once
// Every vector type that this translation unit may use, scalars included, for TEMPLATE_LIST tests.

#include <cstddef>
#include <tapeless/simd/batch.hpp>
#include <tuple>

namespace tests {

template <class T, class Arch, std::size_t... Widths>
constexpr auto vectors_of_arch() {
  namespace simd = tapeless::simd;
  const auto one = []<std::size_t Width>() {
    if constexpr (simd::has_width<T, Width, Arch> && simd::is_enabled<Arch>)
      return std::tuple<simd::lanes<T, Width, Arch>>{};
    else
      return std::tuple<>{};
  };
  return std::tuple_cat(one.template operator()<Widths>()...);
}

template <class Arch>
using vectors_of = decltype(std::tuple_cat(vectors_of_arch<float, Arch, 4, 8, 16>(),
                                           vectors_of_arch<double, Arch, 2, 4, 8>()));

using every_batch =
    decltype(std::tuple_cat(vectors_of<tapeless::simd::sse2>{}, vectors_of<tapeless::simd::avx2>{},
                            vectors_of<tapeless::simd::avx512>{},
                            vectors_of<tapeless::simd::neon>{}));

using every_vector = decltype(std::tuple_cat(std::tuple<float, double>{}, every_batch{}));

}  // namespace tests
