#pragma once
// The kernel of rows by index: reads a number per position, and walks along the row that the number
// names. Positions are taken in order, since two may name one row.

#include <tapeless/kernels/reduction.hpp>

namespace tapeless::kernels {

/// The row that a number names among so many, -1 for none: row_attributes::row in a form that holds
/// where compilers take every number for finite.
template <int Rows, class T>
TAPELESS_INLINE int row_of(T number) noexcept {
  int i = number >= T(0) && number < static_cast<T>(Rows) ? static_cast<int>(number) : -1;
  asm("" : "+r"(i));
  return static_cast<unsigned>(i) < static_cast<unsigned>(Rows) && static_cast<T>(i) == number ? i
                                                                                               : -1;
}

template <const auto& Program, int S, class T, class Arch, bool Unroll>
struct row_nest {
  using n = roles<Program, S>;
  static constexpr step s = Program.steps[S];
  static constexpr int width = s.width_out;
  using V = simd::lanes<T, static_cast<std::size_t>(width), Arch>;
  static constexpr int blocks = n::extent(n::lane) / width, tail = n::extent(n::lane) % width;
  static constexpr int rows = n::extent(n::row), positions = n::outer * rows;
  static constexpr int accesses = s.access_end - s.access_begin;

  /// Whether rows of the table are changed, not read alone.
  static constexpr bool changes = []() consteval {
    for (int a = 0; a < accesses; ++a)
      if (n::of(a).by_row && n::of(a).stores) return true;
    return false;
  }();
  /// Threads divide what they read, not what they change: two positions may name one row.
  static constexpr int pieces = changes ? 1 : positions;

  TAPELESS_CLANG_INLINE static void run(T* const* p) noexcept {
    repeat<Unroll, positions, &position>(p);
  }
  TAPELESS_CLANG_INLINE static void run(T* const* p, partition own) noexcept {
    if constexpr (pieces > 1) {
      repeat_partition<pieces, &position>(own, p);
    } else {
      if (own.part == 0) run(p);
    }
  }

  TAPELESS_CLANG_INLINE static void position(int i, T* const* p) noexcept {
    const place_in_nest at =
        n::outer == 1 ? place_in_nest{.r = i} : place_in_nest{.o = i / rows, .r = i % rows};
    const int row = row_of<s.row_count>(p[s.index][n::template distance<s.index>(at)]);
    if (row >= 0)
      along_row<false>(p, at, row * s.row_stride, indices<accesses>{});
    else if constexpr (!changes)
      along_row<true>(p, at, 0, indices<accesses>{});
  }

  /// The elements of one row; zeros in place of what is read of the table where there is none.
  template <bool Missing, std::size_t... A>
  TAPELESS_CLANG_INLINE static void along_row(T* const* p, place_in_nest at, int row,
                                              std::index_sequence<A...>) noexcept {
    T* const q[] = {p[A] + (n::of(static_cast<int>(A)).by_row ? row : 0)...};
    if constexpr (blocks > 0) repeat<(blocks <= 8), blocks, &vector<Missing>>(&q[0], at);
    if constexpr (tail > 0) lanes<Missing, tail>(&q[0], {at.o, at.r, blocks * width, 0, 0});
  }
  template <bool Missing>
  TAPELESS_CLANG_INLINE static void vector(int i, T* const* q, place_in_nest at) noexcept {
    lanes<Missing, width>(q, {at.o, at.r, i * width, 0, 0});
  }

  template <int Lanes>
  using code = part<Program, S, s.middle, s.code_end, V, n::lane, Lanes>;

  template <bool Missing, int Lanes>
  TAPELESS_CLANG_INLINE static void lanes(T* const* q, place_in_nest at) noexcept {
    execute_all<Missing, Lanes>(q, at, typename code<Lanes>::all{});
  }
  template <bool Missing, int Lanes, std::size_t... I>
  TAPELESS_CLANG_INLINE static void execute_all(T* const* q, place_in_nest at,
                                                std::index_sequence<I...>) noexcept {
    typename code<Lanes>::file r;
    (execute<Missing, Lanes, static_cast<int>(I)>(r, q, at), ...);
  }
  template <bool Missing, int Lanes, int I>
  static TAPELESS_INLINE void execute(typename code<Lanes>::file& r, T* const* q,
                                      place_in_nest at) noexcept {
    if constexpr (Missing && is_load_by_row(I))
      r.number[I] = V(T(0));
    else
      code<Lanes>::template execute<I>(r, q, at, V(T(0)));
  }
  static consteval bool is_load_by_row(int i) {
    const instruction& x = Program.code[s.middle + i];
    return x.what == action::load && n::of(x.a).by_row;
  }
};

}  // namespace tapeless::kernels
