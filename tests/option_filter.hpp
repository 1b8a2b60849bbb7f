#pragma once
// The options of a trainer that other calls take too, for laws that make all calls with one list.

#include <tapeless/core/hana.hpp>
#include <tapeless/run/option_list.hpp>
#include <type_traits>

namespace option_filter {

namespace tl = tapeless;

template <tl::detail::call Call, class Kept, class... Rest>
struct filter {
  using type = Kept;
};
template <tl::detail::call Call, class... Kept, class First, class... Rest>
struct filter<Call, tl::type_list<Kept...>, First, Rest...>
    : filter<Call,
             std::conditional_t<tl::detail::is_option_of<Call, First>,
                                tl::type_list<Kept..., First>, tl::type_list<Kept...>>,
             Rest...> {};

/// Those of the options that the call takes, as a type_list.
template <tl::detail::call Call, class... Options>
using taken = typename filter<Call, tl::type_list<>, Options...>::type;

}  // namespace option_filter
