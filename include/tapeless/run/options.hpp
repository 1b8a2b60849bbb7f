#pragma once
// The options of a call as names alone: enough to say what a network is compiled for in a header
// that includes nothing of how. run/target.hpp gives them their meaning.

#include <cstdint>
#include <tapeless/plan/program.hpp>
#include <tapeless/simd/arch.hpp>

namespace tapeless {

enum class expansion : std::uint8_t;

template <int N>
struct batch;
template <class T>
struct scalar_type;
template <class Arch>
struct instruction_set;
template <expansion Policy>
struct expand_as;
template <lane_axis Axis>
struct lanes_over;
template <cost_model Model>
struct costs;

namespace detail {

/// The batch that a list of options names, or 1.
template <class... Options>
inline constexpr int named_batch = 1;
template <class Other, class... Rest>
inline constexpr int named_batch<Other, Rest...> = named_batch<Rest...>;
template <int N, class... Rest>
inline constexpr int named_batch<batch<N>, Rest...> = N;

/// The scalar type that a list of options names, or float.
template <class... Options>
struct named_scalar {
  using type = float;
};
template <class Other, class... Rest>
struct named_scalar<Other, Rest...> : named_scalar<Rest...> {};
template <class T, class... Rest>
struct named_scalar<scalar_type<T>, Rest...> {
  using type = T;
};

/// Who works on a call: here, the thread that made it.
struct caller_alone {
  static constexpr int size = 1;
};

/// An option that brings a team of threads.
template <class Option>
concept names_team = requires {
  typename Option::team;
};

/// The team of threads that a list of options names (tapeless/threads.hpp), or the caller alone.
template <class... Options>
struct named_team {
  using type = caller_alone;
};
template <class Other, class... Rest>
struct named_team<Other, Rest...> : named_team<Rest...> {};
template <names_team Option, class... Rest>
struct named_team<Option, Rest...> {
  using type = typename Option::team;
};

}  // namespace detail
}  // namespace tapeless
