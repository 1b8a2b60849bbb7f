#pragma once
// Executes the straight-line program inside a loop nest, over scalars or vectors.

#include <tapeless/core/config.hpp>
#include <tapeless/graph/operation.hpp>
#include <tapeless/plan/program.hpp>
#include <tapeless/simd/simd.hpp>

namespace tapeless::kernels {

/// Indices of all loops of a nest.
struct cursor {
  int at[max_loops] = {};
};

/// Calls f(0), ..., f(N - 1), unrolled or as a loop.
template <bool Unroll, int N, class F>
TAPELESS_INLINE void repeat(F&& f) noexcept {
  if constexpr (N == 1) {
    f(0);
  } else if constexpr (Unroll) {
#pragma GCC unroll 65534
    for (int i = 0; i < N; ++i) f(i);
  } else {
#pragma GCC unroll 1
    for (int i = 0; i < N; ++i) f(i);
  }
}

/// Distance of the cursor from the first element of an access.
template <const auto& Program, int Access>
TAPELESS_INLINE int distance(const cursor& c) noexcept {
  constexpr access a = Program.accesses[Access];
  return [&]<std::size_t... L>(std::index_sequence<L...>) __attribute__((always_inline)) {
    return ((a.stride[L] == 0 ? 0 : c.at[L] * a.stride[L]) + ... + 0);
  }(std::make_index_sequence<max_loops>{});
}

/// Lanes from addresses that are Stride apart; reads only the first Valid.
template <class V, int Stride, int Valid, class T>
TAPELESS_INLINE V load_strided(const T* p) noexcept {
  alignas(64) T x[static_cast<std::size_t>(simd::width_of<V>)];
#pragma GCC unroll 64
  for (int i = 0; i < static_cast<int>(simd::width_of<V>); ++i) x[i] = p[(i < Valid ? i : 0) * Stride];
  return simd::load<V>(x);
}

/// Lanes of an access whose lanes run along a loop (-1: none), of which Valid are inside it.
template <const auto& Program, int Access, class V, int Lane, int Valid, class T>
TAPELESS_INLINE V load_lanes(const T* p) noexcept {
  constexpr access a = Program.accesses[Access];
  if constexpr (std::is_same_v<V, T>) return *p;
  else if constexpr (Lane < 0 || a.stride[Lane < 0 ? 0 : Lane] == 0) return simd::broadcast_load<V>(p);
  else if constexpr (a.stride[Lane] != 1) return load_strided<V, a.stride[Lane], Valid>(p);
  else if constexpr (a.guarded && Valid < static_cast<int>(simd::width_of<V>))
    return simd::load_partial<V, static_cast<std::size_t>(Valid)>(p);
  else return simd::load<V>(p);
}

template <const auto& Program, int Access, class V, int Valid, class T>
TAPELESS_INLINE void store_lanes(T* p, V x) noexcept {
  constexpr access a = Program.accesses[Access];
  if constexpr (std::is_same_v<V, T>) *p = x;
  else if constexpr (Valid == static_cast<int>(simd::width_of<V>)) simd::store<V>(p, x);
  else if constexpr (a.guarded) simd::store_partial<static_cast<std::size_t>(Valid), V>(p, x);
  else if constexpr (a.zero_tail)
    simd::store<V>(p, simd::keep_first<static_cast<std::size_t>(Valid)>(x, V(T(0))));
  else simd::store<V>(p, x);
}

/// 0, Step, 2 Step, ... in the lanes.
template <class V, int Step>
TAPELESS_INLINE V ramp() noexcept {
  using T = scalar_of<V>;
  if constexpr (std::is_same_v<V, T>) return T(0);
  else {
    constexpr auto steps = [] {
      struct {
        T x[static_cast<std::size_t>(simd::width_of<V>)];
      } r{};
      for (int i = 0; i < static_cast<int>(simd::width_of<V>); ++i) r.x[i] = static_cast<T>(i * Step);
      return r;
    }();
    alignas(64) const auto memory = steps;
    return simd::load<V>(memory.x);
  }
}

/// Registers of a part: numbers, and masks where an operation yields one.
template <class V, int N>
struct registers {
  using mask_type = decltype(std::declval<V>() > std::declval<V>());
  V number[N > 0 ? N : 1];
  mask_type mask[N > 0 ? N : 1];
};

/// One part of a step: instructions Begin to End - 1, with lanes of type V along loop Lane.
template <const auto& Program, int FirstAccess, int Begin, int End, class V, int Lane, int Valid>
struct part {
  using T = scalar_of<V>;
  using file = registers<V, End - Begin>;

  template <int I>
  static constexpr bool yields_mask() {
    constexpr instruction ins = Program.code[Begin + I];
    if constexpr (ins.what == action::apply) return ins.op->mask;
    else return false;
  }
  /// A register as a number: masks are 1 and 0.
  template <int I>
  static TAPELESS_INLINE V number(const file& r) noexcept {
    if constexpr (yields_mask<I>()) return math::to_number(r.mask[I], V(T(0)));
    else return r.number[I];
  }

  template <int I>
  static TAPELESS_INLINE void execute(file& r, T* const* p, const cursor& c, V folded) noexcept {
    constexpr instruction ins = Program.code[Begin + I];
    if constexpr (ins.what == action::load) {
      constexpr int a = FirstAccess + ins.a;
      r.number[I] = load_lanes<Program, a, V, Lane, Valid>(
          static_cast<const T*>(p[ins.a] + distance<Program, a>(c)));
    } else if constexpr (ins.what == action::store) {
      constexpr int a = FirstAccess + ins.b;
      store_lanes<Program, a, V, Valid>(p[ins.b] + distance<Program, a>(c), number<ins.a>(r));
    } else if constexpr (ins.what == action::constant) {
      r.number[I] = V(static_cast<T>(ins.attr.number));
    } else if constexpr (ins.what == action::position) {
      constexpr int a = FirstAccess + ins.a;
      constexpr int along = Lane < 0 ? 0 : Program.accesses[a].stride[Lane < 0 ? 0 : Lane];
      const V base(static_cast<T>(distance<Program, a>(c)));
      if constexpr (along == 0) r.number[I] = base;
      else r.number[I] = base + ramp<V, along>();
    } else if constexpr (ins.what == action::random) {
      using Op = operation_type<ins.op>;
      constexpr int a = FirstAccess + ins.a;
      constexpr int along = Lane < 0 ? 0 : Program.accesses[a].stride[Lane < 0 ? 0 : Lane];
      using index = simd::index_lanes<V>;
      const index element = simd::count_from<V>(0) * index(static_cast<std::uint32_t>(along)) +
                            index(static_cast<std::uint32_t>(distance<Program, a>(c)));
      r.number[I] = Op::template draw<V>(element, -1 - ins.attr.index[5], *p[ins.b], *p[ins.c]);
    } else if constexpr (ins.what == action::folded) {
      r.number[I] = folded;
    } else if constexpr (ins.what == action::apply) {
      apply_operation<I>(r);
    }
  }

  template <int I>
  static TAPELESS_INLINE void apply_operation(file& r) noexcept {
    constexpr instruction ins = Program.code[Begin + I];
    using Op = operation_type<ins.op>;
    if constexpr (ins.op->takes_mask) {
      if constexpr (yields_mask<ins.a>())
        r.number[I] = Op::forward(r.mask[ins.a], number<ins.b>(r), number<ins.c>(r));
      else
        r.number[I] = Op::forward(r.number[ins.a] != V(T(0)), number<ins.b>(r), number<ins.c>(r));
    } else {
      const auto y = [&]() __attribute__((always_inline)) {
        if constexpr (ins.op->arity == 1) {
          if constexpr (requires(V v) { Op::forward(v, ins.attr); })
            return Op::forward(number<ins.a>(r), ins.attr);
          else return Op::forward(number<ins.a>(r));
        } else if constexpr (ins.op->arity == 2) {
          return Op::forward(number<ins.a>(r), number<ins.b>(r));
        } else {
          return Op::forward(number<ins.a>(r), number<ins.b>(r), number<ins.c>(r));
        }
      }();
      if constexpr (ins.op->mask) r.mask[I] = y;
      else r.number[I] = y;
    }
  }

  /// Runs the part at a cursor; the value of its last register.
  static TAPELESS_INLINE V run(T* const* p, const cursor& c, V folded) noexcept {
    file r;
    [&]<std::size_t... I>(std::index_sequence<I...>) __attribute__((always_inline)) {
      (execute<static_cast<int>(I)>(r, p, c, folded), ...);
    }(std::make_index_sequence<static_cast<std::size_t>(End - Begin)>{});
    if constexpr (End > Begin && Program.code[End > Begin ? End - 1 : 0].what != action::store)
      return number<End - Begin - 1>(r);
    else return folded;
  }
};

}  // namespace tapeless::kernels
