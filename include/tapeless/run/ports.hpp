#pragma once
// Inputs, outputs and targets as buffers of their own, by name: what stands among the arguments of
// a call.

#include <array>
#include <cstddef>
#include <cstdint>
#include <tapeless/core/config.hpp>
#include <tapeless/core/path.hpp>
#include <tapeless/graph/operation.hpp>
#include <type_traits>
#include <utility>

namespace tapeless {

namespace detail {

enum class port_kind : std::uint8_t { input, output, target, row_count };

/// A buffer that a caller gives to a call; count is that of an array, 0 of a pointer.
template <port_kind Kind, fixed_string Name, class T, std::size_t Count = 0>
struct port {
  static constexpr port_kind kind = Kind;
  static constexpr auto name = Name;
  using scalar = T;
  static constexpr std::size_t count = Count;
  T* rows;
};

/// The number of rows among the ports of a call.
struct row_count {
  static constexpr port_kind kind = port_kind::row_count;
  int rows;
};

template <class Type>
inline constexpr bool is_port_type = false;
template <port_kind Kind, fixed_string Name, class T, std::size_t Count>
inline constexpr bool is_port_type<port<Kind, Name, T, Count>> = true;
template <class Type>
concept is_port = is_port_type<std::remove_cvref_t<Type>>;

template <is_port Port>
TAPELESS_INLINE constexpr const Port& as_port(const Port& p) noexcept {
  return p;
}
TAPELESS_INLINE constexpr row_count as_port(int count) noexcept { return {count}; }
template <class Argument>
using port_of_argument = std::remove_cvref_t<decltype(as_port(std::declval<const Argument&>()))>;

template <class Rows>
constexpr void refuse_as_rows() {
  static_assert(never<Rows>,
                "Tapeless: in<...>, out<...> and target_of<...> take a pointer to the "
                "first row, or a std::array: tl::in<\"x\">(x.data())");
}
template <class Rows>
concept is_no_rows = !std::is_pointer_v<Rows> && !std::is_array_v<Rows> &&
                     !requires { std::tuple_size<Rows>::value; };

}  // namespace detail

/// The rows of the input of that name, in a buffer of their own: tl::in<"x">(pointer).
template <fixed_string Name, class T>
TAPELESS_NATIVE constexpr detail::port<detail::port_kind::input, Name, const T> in(
    const T* rows) noexcept {
  return {rows};
}
template <fixed_string Name, class T, std::size_t N>
TAPELESS_NATIVE constexpr detail::port<detail::port_kind::input, Name, const T, N> in(
    const std::array<T, N>& rows) noexcept {
  return {rows.data()};
}
template <fixed_string Name, detail::is_no_rows Rows>
constexpr detail::port<detail::port_kind::input, Name, const float> in(const Rows&) noexcept {
  detail::refuse_as_rows<Rows>();
  return {nullptr};
}

/// The rows of the output of that name: what `define` returns is "y" unless it has another name.
template <fixed_string Name, class T>
TAPELESS_NATIVE constexpr detail::port<detail::port_kind::output, Name, T> out(T* rows) noexcept {
  return {rows};
}
template <fixed_string Name, class T, std::size_t N>
TAPELESS_NATIVE constexpr detail::port<detail::port_kind::output, Name, T, N> out(
    std::array<T, N>& rows) noexcept {
  return {rows.data()};
}
template <fixed_string Name, detail::is_no_rows Rows>
constexpr detail::port<detail::port_kind::output, Name, float> out(Rows&&) noexcept {
  detail::refuse_as_rows<Rows>();
  return {nullptr};
}

/// The rows of the target that the output of that name is compared with.
template <fixed_string Name, class T>
TAPELESS_NATIVE constexpr detail::port<detail::port_kind::target, Name, const T> target_of(
    const T* rows) noexcept {
  return {rows};
}
template <fixed_string Name, class T, std::size_t N>
TAPELESS_NATIVE constexpr detail::port<detail::port_kind::target, Name, const T, N> target_of(
    const std::array<T, N>& rows) noexcept {
  return {rows.data()};
}
template <fixed_string Name, detail::is_no_rows Rows>
constexpr detail::port<detail::port_kind::target, Name, const float> target_of(
    const Rows&) noexcept {
  detail::refuse_as_rows<Rows>();
  return {nullptr};
}

}  // namespace tapeless
