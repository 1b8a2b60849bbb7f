#pragma once
// Executes the straight-line program inside a loop nest, over scalars or vectors.
//
// What one instruction does is instantiated per operation and registers, not per kernel: fifty
// layers with the same epilogue share it.

#include <tapeless/graph/operation.hpp>
#include <tapeless/kernels/place.hpp>

namespace tapeless::kernels {

/// Registers of a part: numbers, and masks where an operation yields one.
template <class V, int N>
struct register_file {
  using mask_type = decltype(std::declval<V>() > std::declval<V>());
  V number[N];
  mask_type mask[N];
};

/// Which register an operand is in, and whether it is a mask.
struct source {
  int at = -1;
  bool mask = false;
};

/// A register as a number: masks are 1 and 0.
template <source From, class V, int N>
TAPELESS_INLINE V number(const register_file<V, N>& r) noexcept {
  if constexpr (From.mask)
    return math::to_number(r.mask[From.at], V(0));
  else
    return r.number[From.at];
}

/// Register I = an operation on registers, with its attributes where its body takes any.
template <const operation* Op, int I, source A, source B, source C, class V, int N,
          class... Attributes>
TAPELESS_INLINE void apply_operation(register_file<V, N>& r, const Attributes&... attr) noexcept {
  using O = operation_type<Op>;
  if constexpr (Op->takes_mask) {
    if constexpr (A.mask)
      r.number[I] = O::forward(r.mask[A.at], number<B>(r), number<C>(r), attr...);
    else
      r.number[I] =
          O::forward(math::differ(r.number[A.at], V(0)), number<B>(r), number<C>(r), attr...);
  } else if constexpr (Op->mask && Op->arity == 1) {
    r.mask[I] = O::forward(number<A>(r), attr...);
  } else if constexpr (Op->mask && Op->arity == 2) {
    r.mask[I] = O::forward(number<A>(r), number<B>(r), attr...);
  } else if constexpr (Op->mask) {
    r.mask[I] = O::forward(number<A>(r), number<B>(r), number<C>(r), attr...);
  } else if constexpr (Op->arity == 3) {
    r.number[I] = O::forward(number<A>(r), number<B>(r), number<C>(r), attr...);
  } else if constexpr (Op->arity == 2) {
    r.number[I] = O::forward(number<A>(r), number<B>(r), attr...);
  } else {
    r.number[I] = O::forward(number<A>(r), attr...);
  }
}

/// Instructions Begin to End - 1 of step S, with lanes of type V along loop Along, Valid of them
/// inside it.
template <const auto& Program, int S, int Begin, int End, class V, int Along, int Valid>
struct part {
  using T = scalar_of<V>;
  using n = roles<Program, S>;
  using file = register_file<V, (End > Begin ? End - Begin : 1)>;

  static consteval instruction code(int i) { return Program.code[Begin + i]; }
  static consteval source from(int i) {
    return i < 0 ? source{} : source{i, code(i).what == action::apply && code(i).op->mask};
  }

  // No run-time copy of an instruction: it would lead the compiler to its operation, and from there
  // to all that describes the operation to the graph.

  // Pointers stand where `at` counts from: at the start of each operand, or at a tile.

  template <int I, class Place>
  static TAPELESS_INLINE void execute(file& r, T* const* p, const Place& at, V reduced) noexcept {
    constexpr action what = code(I).what;
    constexpr int a = code(I).a, b = code(I).b;
    if constexpr (what == action::load) {
      r.number[I] = load_lanes<walk_of<Program, S>(a, Along), V, Valid, T>(
          p[a] + n::template distance<a>(at));
    } else if constexpr (what == action::store) {
      store_lanes<walk_of<Program, S>(b, Along), V, Valid, T>(p[b] + n::template distance<b>(at),
                                                              number<from(a)>(r));
    } else if constexpr (what == action::position || what == action::random) {
      count<I>(r, p, n::template walked<a>(at), n::stride(a, Along));
    } else if constexpr (what == action::constant) {
      constexpr double constant = unpack<constant_attributes>(code(I).attr).number;
      r.number[I] = V(static_cast<T>(constant));
    } else if constexpr (what == action::reduced) {
      r.number[I] = reduced;
    } else {
      constexpr const operation* op = code(I).op;
      if constexpr (op->reads_attributes) {
        constexpr auto attr =
            unpack<typename detail::attributes_in<operation_type<op>>::type>(code(I).attr);
        apply_operation<op, I, from(a), from(b), from(code(I).c)>(r, attr);
      } else {
        apply_operation<op, I, from(a), from(b), from(code(I).c)>(r);
      }
    }
  }

  /// A number made from the position of each lane: `first`, first + step, ...
  template <int I>
  static TAPELESS_INLINE void count(file& r, T* const* p, int first, int step) noexcept {
    using index = simd::index_lanes<V>;
    const index element = simd::count_from<V>(0) * index(static_cast<std::uint32_t>(step)) +
                          index(static_cast<std::uint32_t>(first));
    if constexpr (code(I).what == action::random) {
      using O = operation_type<code(I).op>;
      constexpr int stream = unpack<typename O::attributes>(code(I).attr).stream;
      constexpr int seed = code(I).b, call = code(I).c;
      r.number[I] = O::template draw<V>(element, stream, *p[seed], *p[call]);
    } else if constexpr (std::is_same_v<V, T>) {
      r.number[I] = static_cast<T>(element);
    } else {
      r.number[I] = element.template to_lanes<V>();
    }
  }

  using all = std::make_index_sequence<static_cast<std::size_t>(End - Begin)>;

  /// Runs the part at a place; the value of its last register.
  template <class Place, std::size_t... I>
  TAPELESS_CLANG_INLINE static V run(T* const* p, const Place& at, V reduced,
                                     std::index_sequence<I...>) noexcept {
    file r;
    (execute<static_cast<int>(I)>(r, p, at, reduced), ...);
    if constexpr (code(End - Begin - 1).what == action::store)
      return reduced;
    else
      return number<from(End - Begin - 1)>(r);
  }
};

}  // namespace tapeless::kernels
