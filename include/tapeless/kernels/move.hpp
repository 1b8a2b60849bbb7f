#pragma once
// The kernel of steps that move elements without computing anything: borders of a padded value,
// parts of a join, copies that exchange axes. Their sizes are data, so that one function serves all
// of them, in all plans for one scalar type and instruction set.

#include <tapeless/kernels/effect.hpp>
#include <tapeless/ops/copy.hpp>
#include <tapeless/plan/program.hpp>
#include <tapeless/simd/simd.hpp>

namespace tapeless::kernels {

/// A loop nest that stores a number or copies elements. Loop 0 is the innermost one, along which a
/// row lies.
struct element_move {
  int loops = 1;
  int extent[max_loops + 1] = {1};
  int to[max_loops + 1] = {};    ///< elements of the target from one iteration to the next
  int from[max_loops + 1] = {};  ///< elements of the source
  int target = -1, source = -1;  ///< accesses, numbered within the step; no source: the number
  double number = 0;
};

/// Whether all that a step does is to store a number, or to copy. Padding of parameters, which
/// stores of whole vectors keep zero, is left to the other kernels.
template <class Program>
constexpr bool is_move(const Program& p, const step& s) {
  if (s.reduction != reduction_kind::none || s.form != kernel_form::tiled) return false;
  for (int a = s.access_begin; a < s.access_end; ++a)
    if (p.accesses[a].zero_tail || p.accesses[a].by_row) return false;
  const instruction* const code = p.code + s.code_begin;
  const int count = s.code_end - s.code_begin;
  if (count < 2 || count > 3 || code[count - 1].what != action::store ||
      code[count - 1].a != count - 2)
    return false;
  if (count == 3)
    return code[0].what == action::load && code[1].what == action::apply && is<copy>(code[1].op) &&
           code[1].a == 0;
  return code[0].what == action::load || code[0].what == action::constant;
}

/// The move of a step.
template <class Program>
constexpr element_move move_of(const Program& p, const step& s) {
  const instruction* const code = p.code + s.code_begin;
  element_move m;
  m.target = code[s.code_end - s.code_begin - 1].b;
  if (code[0].what == action::load)
    m.source = code[0].a;
  else
    m.number = unpack<constant_attributes>(code[0].attr).number;
  const int row = s.lane_out >= 0 ? s.lane_out : s.loops - 1;
  m.loops = 0;
  const auto add = [&](int l) {
    m.extent[m.loops] = l < 0 ? 1 : s.extent[l];
    m.to[m.loops] = l < 0 ? 1 : p.accesses[s.access_begin + m.target].stride[l];
    if (m.source >= 0)
      m.from[m.loops] = l < 0 ? 1 : p.accesses[s.access_begin + m.source].stride[l];
    ++m.loops;
  };
  add(row);
  for (int l = s.loops - 1; l >= 0; --l)
    if (l != row) add(l);
  return m;
}

/// The moves of a plan, by step; of other steps there is nothing.
template <const auto& Program>
struct moves_of_plan {
  static consteval int count_moves() {
    int n = 0;
    for (const step& s : Program.steps) n += is_move(Program, s);
    return n;
  }
  static constexpr int moves = count_moves();
  static constexpr int steps = std::remove_cvref_t<decltype(Program)>::step_count;
  element_move move[moves > 0 ? moves : 1] = {};
  int of_step[steps > 0 ? steps : 1] = {};  ///< index of its move, -1 for none

  consteval moves_of_plan() {
    int n = 0;
    for (int i = 0; i < steps; ++i) {
      of_step[i] = is_move(Program, Program.steps[i]) ? n : -1;
      if (of_step[i] >= 0) move[n++] = move_of(Program, Program.steps[i]);
    }
  }
};
template <const auto& Program>
inline constexpr moves_of_plan<Program> moves_of{};

/// Rows of n elements that lie side by side. What vectors leave of a row is moved by one more that
/// ends with the row, and moves some elements twice; shorter rows take narrower vectors.
template <class T, class Arch, int Width>
TAPELESS_INLINE void copy_row(T* to, const T* from, int n) noexcept {
  if constexpr (Width * sizeof(T) < 16 || Width == 1) {
    for (int i = 0; i < n; ++i) to[i] = from[i];
  } else {
    using V = simd::lanes<T, static_cast<std::size_t>(Width), Arch>;
    if (n < Width) return copy_row<T, Arch, Width / 2>(to, from, n);
    int i = 0;
    for (; i + Width <= n; i += Width) simd::store<V>(to + i, simd::load<V>(from + i));
    if (i < n) simd::store<V>(to + n - Width, simd::load<V>(from + n - Width));
  }
}
template <class T, class Arch, int Width>
TAPELESS_INLINE void fill_row(T* to, T number, int n) noexcept {
  if constexpr (Width * sizeof(T) < 16 || Width == 1) {
    for (int i = 0; i < n; ++i) to[i] = number;
  } else {
    using V = simd::lanes<T, static_cast<std::size_t>(Width), Arch>;
    if (n < Width) return fill_row<T, Arch, Width / 2>(to, number, n);
    const V x = simd::broadcast<V>(number);
    int i = 0;
    for (; i + Width <= n; i += Width) simd::store<V>(to + i, x);
    if (i < n) simd::store<V>(to + n - Width, x);
  }
}

/// Moves elements; `from` is null where a number is stored. Touches no element outside of the nest.
template <class T, class Arch>
TAPELESS_NATIVE [[gnu::noinline]] void move_elements(T* to, const T* from,
                                                     const element_move& m) noexcept {
  constexpr int width = static_cast<int>(simd::max_width<T, Arch>);
  const T number = static_cast<T>(m.number);
  const int n = m.extent[0], step_to = m.to[0], step_from = m.from[0];
  int index[max_loops + 1] = {};
  int at_to = 0, at_from = 0;
  for (;;) {
    T* const row = to + at_to;
    if (from == nullptr && step_to == 1)
      fill_row<T, Arch, width>(row, number, n);
    else if (from == nullptr)
      for (int i = 0; i < n; ++i) row[i * step_to] = number;
    else if (step_to == 1 && step_from == 1)
      copy_row<T, Arch, width>(row, from + at_from, n);
    else if (step_to == 1 && step_from == 0)
      fill_row<T, Arch, width>(row, from[at_from], n);
    else
      for (int i = 0; i < n; ++i) row[i * step_to] = from[at_from + i * step_from];
    int l = 1;
    for (; l < m.loops; ++l) {
      at_to += m.to[l];
      at_from += m.from[l];
      if (++index[l] < m.extent[l]) break;
      at_to -= m.to[l] * m.extent[l];
      at_from -= m.from[l] * m.extent[l];
      index[l] = 0;
    }
    if (l == m.loops) break;
  }
  detail::has_effect();
}

}  // namespace tapeless::kernels
