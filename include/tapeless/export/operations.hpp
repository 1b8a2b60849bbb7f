#pragma once
// The bodies of a plan's operations, run on text, and a plan without its type.

#include <array>
#include <tapeless/export/math.hpp>
#include <tapeless/graph/operation.hpp>
#include <tapeless/plan/program.hpp>
#include <type_traits>
#include <utility>

namespace tapeless::detail {

/// A register of a part: an expression, and whether it is a truth value.
struct c_register {
  int id = -1;
  bool mask = false;
};

/// One operation on registers.
using c_operation = c_register (*)(const c_register* in, const packed_attributes& words);

template <class T>
TAPELESS_NATIVE text<T> c_number(c_register r) {
  return r.mask ? math::to_number(text_mask{r.id}, text<T>::of(r.id)) : text<T>::of(r.id);
}

/// The first operand of an operation that takes a mask.
template <class T>
TAPELESS_NATIVE text_mask c_condition(c_register r) {
  return r.mask ? text_mask{r.id} : text<T>::of(r.id) != text<T>(0);
}

template <class Op, class T, std::size_t... I>
TAPELESS_NATIVE c_register c_apply(const c_register* in, const packed_attributes& words,
                                   std::index_sequence<I...>) {
  const auto operand = [&]<std::size_t K>(std::integral_constant<std::size_t, K>) {
    if constexpr (K == 0 && requires { Op::takes_mask; })
      return c_condition<T>(in[0]);
    else
      return c_number<T>(in[K]);
  };
  const auto result = [&] {
    if constexpr (takes_attributes<Op,
                                   decltype(operand(std::integral_constant<std::size_t, I>{}))...>)
      return Op::forward(operand(std::integral_constant<std::size_t, I>{})...,
                         unpack<typename attributes_in<Op>::type>(words));
    else
      return Op::forward(operand(std::integral_constant<std::size_t, I>{})...);
  }();
  return {result.id, std::is_same_v<decltype(result), const text_mask>};
}

/// The body of the operation that a description belongs to, run on text.
template <const operation* Description, class T>
TAPELESS_NATIVE c_register c_body(const c_register* in, const packed_attributes& words) {
  using Op = operation_type<Description>;
  return c_apply<Op, T>(in, words, std::make_index_sequence<arity_of<Op>()>{});
}

/// The bodies behind the instructions of a plan.
template <const auto& Plan, class T>
struct c_operations {
  static constexpr int count = static_cast<int>(std::extent_v<decltype(Plan.code)>);

  template <int I>
  static constexpr c_operation of() {
    if constexpr (Plan.code[I].what == action::apply)
      return &c_body<Plan.code[I].op, T>;
    else
      return nullptr;
  }
  template <int... I>
  static constexpr auto table(std::integer_sequence<int, I...>) {
    return std::array<c_operation, sizeof...(I)>{of<I>()...};
  }
};
// Holds addresses of functions of this source.
template <const auto& Plan, class T>
TAPELESS_NATIVE inline constexpr auto c_operations_of =
    c_operations<Plan, T>::table(std::make_integer_sequence<int, c_operations<Plan, T>::count>{});

/// A plan without its type.
struct c_program {
  const step* steps;
  int step_count;
  const instruction* code;
  const access* accesses;
  const c_operation* bodies;
  int arena;
  template <const auto& Plan, class T>
  TAPELESS_NATIVE static c_program of() {
    return {Plan.steps,
            Plan.step_count,
            Plan.code,
            Plan.accesses,
            c_operations_of<Plan, T>.data(),
            Plan.memory.arena};
  }
};

}  // namespace tapeless::detail
