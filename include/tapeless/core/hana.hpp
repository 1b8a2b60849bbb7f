#pragma once
// Lists of types, by Boost.Hana: the one place that includes it.

#include <boost/hana/version.hpp>

#include <tapeless/core/config.hpp>

#if BOOST_HANA_MAJOR_VERSION * 100 + BOOST_HANA_MINOR_VERSION < 106
#error "Tapeless needs Boost.Hana 1.6 or newer (Boost 1.74)"
#include "the compilation ends here: see the sentence above"
#endif

#include <boost/hana/basic_tuple.hpp>
#include <boost/hana/type.hpp>

namespace tapeless {

/// A type as a value.
template <class T>
using type = boost::hana::basic_type<T>;

/// Types as a value, for loops at compile time.
template <class... Types>
struct type_list {
  static constexpr boost::hana::basic_tuple<boost::hana::basic_type<Types>...> members{};
  static constexpr int size = sizeof...(Types);
};

/// Calls f(type<T>{}) for each type in order.
template <class... Types, class F>
constexpr void for_each_type(type_list<Types...>, F&& f) {
  boost::hana::unpack(type_list<Types...>::members, [&](auto... t) { (f(t), ...); });
}

namespace detail {
template <class List>
struct front;
template <class First, class... Rest>
struct front<type_list<First, Rest...>> {
  using type = First;
};
}  // namespace detail

/// The first type of a list.
template <class List>
using front_type = typename detail::front<List>::type;

}  // namespace tapeless
