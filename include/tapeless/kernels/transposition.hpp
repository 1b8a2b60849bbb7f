#pragma once
// The kernel of a copy that transposes a matrix: squares of vectors are transposed in registers, where
// the loop nest would collect every vector from single elements.

#include <tapeless/kernels/reduction.hpp>
#include <tapeless/simd/transpose.hpp>

namespace tapeless::kernels {

template <const auto& Program, int S, class T, class Arch, bool Unroll>
struct transposition {
  static constexpr step s = Program.steps[S];
  static constexpr int width = s.width_out, lane = s.lane_out, row = 1 - s.lane_out;
  static constexpr int lanes = s.extent[lane], rows = s.extent[row];
  static constexpr int pieces = 1;  ///< threads do not divide it
  using V = simd::lanes<T, static_cast<std::size_t>(width), Arch>;

  static consteval int access_that(action what) {
    for (int i = s.code_begin; i < s.code_end; ++i)
      if (Program.code[i].what == what)
        return what == action::load ? Program.code[i].a : Program.code[i].b;
    return 0;
  }
  static constexpr int from = access_that(action::load), to = access_that(action::store);
  static constexpr access source = Program.accesses[s.access_begin + from];
  static constexpr access target = Program.accesses[s.access_begin + to];

  TAPELESS_CLANG_INLINE static void run(T* const* p) noexcept {
    constexpr int full = lanes / width, rest = lanes % width;
    if constexpr (full > 0) repeat<Unroll, full, &full_band>(p);
    if constexpr (rest > 0) band<rest>(p, full * width);
  }
  TAPELESS_CLANG_INLINE static void run(T* const* p, partition own) noexcept {
    if (own.part == 0) run(p);
  }

  TAPELESS_CLANG_INLINE static void full_band(int i, T* const* p) noexcept {
    band<width>(p, i * width);
  }
  /// Lanes `first` to first + Lanes - 1 of every row.
  template <int Lanes>
  TAPELESS_CLANG_INLINE static void band(T* const* p, int first) noexcept {
    constexpr int full = rows / width, rest = rows % width;
    const T* const x = p[from] + first * source.stride[lane];
    T* const y = p[to] + first;
    if constexpr (full > 0) repeat<Unroll, full, &square<Lanes, width>>(x, y);
    if constexpr (rest > 0) square<Lanes, rest>(full, x, y);
  }

  /// Square i of a band.
  template <int Lanes, int Rows>
  TAPELESS_CLANG_INLINE static void square(int i, const T* x, T* y) noexcept {
    transpose_square<Lanes, Rows>(x + i * width, y + i * width * target.stride[row], indices<width>{});
  }
  template <int Lanes, int Rows, std::size_t... I>
  static TAPELESS_INLINE void transpose_square(const T* x, T* y, std::index_sequence<I...>) noexcept {
    V v[] = {load<(I < Lanes), Rows>(x + (I < Lanes ? I : 0) * source.stride[lane])...};
    simd::transpose(v);
    (store<(I < Rows), Lanes>(y + (I < Rows ? I : 0) * target.stride[row], v[I]), ...);
  }
  template <bool Inside, int Rows>
  static TAPELESS_INLINE V load(const T* x) noexcept {
    if constexpr (Inside)
      return simd::load_partial<V, static_cast<std::size_t>(Rows)>(x);  // rows may end the buffer
    else
      return V(T(0));
  }
  template <bool Inside, int Lanes>
  static TAPELESS_INLINE void store(T* y, V v) noexcept {
    if constexpr (Inside)
      store_lanes<lane_walk{1, target.exact, target.zero_tail}, V, Lanes, T>(y, v);
  }
};

}  // namespace tapeless::kernels
