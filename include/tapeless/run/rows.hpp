#pragma once
// Sentences for data that do not have the form a network reads.

#include <array>
#include <tapeless/run/network.hpp>
#include <tapeless/run/option_list.hpp>
#include <type_traits>

namespace tapeless::detail {

/// A container or a view, where a call takes a pointer.
template <class Rows>
concept is_container = requires(const Rows& rows) {
  rows.begin();
  rows.end();
} || requires(const Rows& rows) {
  rows.data();
};

/// A vector, a span or another container or view that is no std::array.
template <class Rows>
concept holds_rows = is_container<Rows> && !requires { std::tuple_size<Rows>::value; };

template <int Got, int Wanted>
inline constexpr bool same_count = Got == Wanted;

/// Whether an array is a row of Wanted scalars of type T.
template <class Row, class T, int Wanted>
inline constexpr bool is_row = std::is_same_v<Row, std::array<T, static_cast<std::size_t>(Wanted)>>;

template <class T, class U>
constexpr void check_scalar() {
  static_assert(std::is_same_v<T, U>,
                "Tapeless: the parameters and the data of a call have different scalar types");
}

template <class Net, class T, class U, std::size_t N>
constexpr void check_input() {
  check_scalar<T, U>();
  static_assert(
      same_count<static_cast<int>(N), input_size<Net>>,
      "Tapeless: the input of this network has another number of scalars than this array");
}

template <int Wanted, class T, class U, std::size_t N>
constexpr void check_target() {
  check_scalar<T, U>();
  static_assert(same_count<static_cast<int>(N), Wanted>,
                "Tapeless: the target of this loss has another number of scalars than this array");
}

/// One sample was given: the options must not speak of more.
template <class... Options>
constexpr void check_one_sample() {
  static_assert(
      same_count<1, batch_in<options_of<Options...>>()>,
      "Tapeless: one sample was given where the options say a batch; pass pointers to the "
      "rows of the batch");
}

}  // namespace tapeless::detail
