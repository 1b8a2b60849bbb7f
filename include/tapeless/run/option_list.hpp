#pragma once
// The options of a call together: which call takes which, and what a list of them says.

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <tapeless/graph/graph.hpp>
#include <tapeless/run/options.hpp>
#include <type_traits>
#include <utility>

namespace tapeless::detail {

/// The calls that take options.
enum class call : std::uint8_t {
  forward,
  value_and_grad,
  derivative,  ///< jacobian, jvp, vjp, hvp, hessian
  compiled,
  trainer,  ///< compiled_trainer too
  report,   ///< cost, summary and plan_report: what a call of forward would be
  training_report,
  c_source,
  c_training_source,
  stream,
};

template <class Option>
consteval option_kind kind_of() {
  if constexpr (requires {
                  { Option::kind } -> std::same_as<const option_kind&>;
                })
    return Option::kind;
  else if constexpr (requires(value * gradients) { Option::clip(gradients, 1); })
    return option_kind::own_clip;
  else
    return option_kind::none;
}

constexpr bool is_clip(option_kind k) {
  return k == option_kind::clip_by_norm || k == option_kind::clip_by_value ||
         k == option_kind::own_clip;
}

/// Whether several options of a kind mean something together.
constexpr bool adds_up(option_kind k) {
  return k == option_kind::frozen_paths || k == option_kind::own_clip ||
         k == option_kind::parameter_group;
}

/// Whether a call takes options of a kind.
constexpr bool takes(call c, option_kind k) {
  if (k == option_kind::blocks || k == option_kind::time_axis) return c == call::stream;
  if (c == call::stream)
    return k == option_kind::scalar_type || k == option_kind::costs ||
           k == option_kind::instruction_set || k == option_kind::expand_as ||
           k == option_kind::by_reference;
  const bool trains = c == call::trainer || c == call::training_report;
  const bool is_c = c == call::c_source || c == call::c_training_source;
  switch (k) {
    case option_kind::none:
      return false;
    case option_kind::batch:
    case option_kind::scalar_type:
    case option_kind::lanes_over:
    case option_kind::costs:
      return true;
    case option_kind::instruction_set:
    case option_kind::expand_as:
    case option_kind::stack_limit:
    case option_kind::by_reference:
      return !is_c;
    case option_kind::pieces:
      return trains || c == call::forward || c == call::compiled || c == call::report;
    case option_kind::threads:
    case option_kind::parameter_group:
      return trains;
    case option_kind::clip_by_norm:
    case option_kind::clip_by_value:
    case option_kind::own_clip:
      return trains || c == call::c_training_source;
    case option_kind::frozen_paths:
      return c != call::forward && c != call::compiled && c != call::c_source &&
             c != call::derivative;
    case option_kind::with_respect_to:
      return c == call::derivative;
    case option_kind::blocks:
    case option_kind::time_axis:
      return false;
  }
  return false;
}

// Named in what the compiler prints of a refused option: the call, and the options.

template <call Call, class Option>
inline constexpr bool is_option_of = takes(Call, kind_of<Option>());
template <call Call, class First, class Second>
inline constexpr bool are_two_kinds =
    kind_of<First>() != kind_of<Second>() ||
    adds_up(kind_of<First>()) || kind_of<First>() == option_kind::none;
template <call Call, class First, class Second>
inline constexpr bool are_one_team = !(
    (kind_of<First>() == option_kind::threads && kind_of<Second>() == option_kind::by_reference) ||
    (kind_of<First>() == option_kind::by_reference && kind_of<Second>() == option_kind::threads));

template <call Call, class Option>
consteval bool check_option() {
  constexpr bool fits = is_option_of<Call, Option>;
  constexpr option_kind k = kind_of<Option>();
  static_assert(k != option_kind::none || is_option_of<Call, Option>,
                "Tapeless: a type among the options of a call is no option of Tapeless, such as "
                "tl::batch<32>; the call and the type stand in is_option_of<call, type>");
  static_assert(Call != call::stream || is_option_of<Call, Option>,
                "Tapeless: a stream takes blocks<...>, time_axis<A>, scalar_type<T>, "
                "instruction_set<Arch>, expand_as<Policy>, costs<Model> and by_reference");
  static_assert((k != option_kind::blocks && k != option_kind::time_axis) ||
                    is_option_of<Call, Option>,
                "Tapeless: blocks<...> and time_axis<A> are options of stream alone");
  static_assert(k != option_kind::instruction_set || is_option_of<Call, Option>,
                "Tapeless: instruction_set<Arch> is no option of c_source and c_training_source, "
                "whose text is for any processor");
  static_assert(k != option_kind::expand_as || is_option_of<Call, Option>,
                "Tapeless: expand_as<Policy> is no option of c_source and c_training_source; see "
                "straight_budget in c_options");
  static_assert(k != option_kind::stack_limit || is_option_of<Call, Option>,
                "Tapeless: stack_limit<Bytes> is no option of c_source and c_training_source");
  static_assert(k != option_kind::pieces || is_option_of<Call, Option>,
                "Tapeless: pieces_of<N> is an option of forward, compiled, trainer and "
                "compiled_trainer; other calls take a batch whole");
  static_assert(k != option_kind::by_reference || is_option_of<Call, Option>,
                "Tapeless: by_reference is no option of c_source and c_training_source");
  static_assert(k != option_kind::threads || is_option_of<Call, Option>,
                "Tapeless: threads<N> is an option of trainer and compiled_trainer; forward, "
                "value_and_grad, compiled and exported C run in their caller alone");
  static_assert(k != option_kind::clip_by_norm || is_option_of<Call, Option>,
                "Tapeless: clip_by_norm<L> is an option of trainer, compiled_trainer and "
                "c_training_source; forward and value_and_grad make no update and clip nothing");
  static_assert(k != option_kind::clip_by_value || is_option_of<Call, Option>,
                "Tapeless: clip_by_value<L> is an option of trainer, compiled_trainer and "
                "c_training_source; forward and value_and_grad make no update and clip nothing");
  static_assert(k != option_kind::own_clip || is_option_of<Call, Option>,
                "Tapeless: a type with 'clip' is an option of trainer, compiled_trainer and "
                "c_training_source; forward and value_and_grad make no update and clip nothing");
  static_assert(k != option_kind::frozen_paths || is_option_of<Call, Option>,
                "Tapeless: frozen_paths<...> is an option of trainer, compiled_trainer, "
                "value_and_grad and c_training_source; forward and compiled train nothing, "
                "derivatives have with_respect_to<...>");
  static_assert(k != option_kind::with_respect_to || is_option_of<Call, Option>,
                "Tapeless: with_respect_to<...> is an option of jacobian, jvp, vjp, hvp and "
                "hessian; value_and_grad and trainers leave parameters out by frozen_paths<...>");
  static_assert(k != option_kind::parameter_group || is_option_of<Call, Option>,
                "Tapeless: parameter_group<settings, ...> is an option of trainer and "
                "compiled_trainer; other calls make no update, or have one rate for all");
  return fits;
}

template <call Call, class First, class Second>
consteval bool check_two_options() {
  constexpr bool fits = are_two_kinds<Call, First, Second>;
  constexpr option_kind k = kind_of<First>();
  static_assert(k != option_kind::batch || are_two_kinds<Call, First, Second>,
                "Tapeless: batch<N> stands twice among the options of a call; give one");
  static_assert(k != option_kind::scalar_type || are_two_kinds<Call, First, Second>,
                "Tapeless: scalar_type<T> stands twice among the options of a call; give one");
  static_assert(k != option_kind::instruction_set || are_two_kinds<Call, First, Second>,
                "Tapeless: instruction_set<Arch> stands twice among the options of a call; give "
                "one");
  static_assert(k != option_kind::expand_as || are_two_kinds<Call, First, Second>,
                "Tapeless: expand_as<Policy> stands twice among the options of a call; give one");
  static_assert(k != option_kind::lanes_over || are_two_kinds<Call, First, Second>,
                "Tapeless: lanes_over<Axis> stands twice among the options of a call; give one");
  static_assert(k != option_kind::pieces || are_two_kinds<Call, First, Second>,
                "Tapeless: pieces_of<N> stands twice among the options of a call; give one");
  static_assert(k != option_kind::costs || are_two_kinds<Call, First, Second>,
                "Tapeless: costs<Model> stands twice among the options of a call; give one model "
                "with all its numbers");
  static_assert(k != option_kind::stack_limit || are_two_kinds<Call, First, Second>,
                "Tapeless: stack_limit<Bytes> stands twice among the options of a call; give one");
  static_assert(k != option_kind::threads || are_two_kinds<Call, First, Second>,
                "Tapeless: threads<N> stands twice among the options of a call; give one");
  static_assert(k != option_kind::by_reference || are_two_kinds<Call, First, Second>,
                "Tapeless: by_reference stands twice among the options of a call; give one");
  static_assert(k != option_kind::blocks || are_two_kinds<Call, First, Second>,
                "Tapeless: blocks<...> stands twice among the options of a stream; give one with all "
                "its sizes");
  static_assert(k != option_kind::time_axis || are_two_kinds<Call, First, Second>,
                "Tapeless: time_axis<A> stands twice among the options of a stream; give one");
  static_assert(k != option_kind::with_respect_to || are_two_kinds<Call, First, Second>,
                "Tapeless: with_respect_to<...> stands twice among the options of a call; give one "
                "with all its names");
  static_assert(are_one_team<Call, First, Second>,
                "Tapeless: threads<N> and by_reference stand together among the options of a call; "
                "the reference runs in its caller alone");
  static_assert(k != option_kind::clip_by_norm || are_two_kinds<Call, First, Second>,
                "Tapeless: clip_by_norm<L> stands twice among the options of a call; give one");
  static_assert(k != option_kind::clip_by_value || are_two_kinds<Call, First, Second>,
                "Tapeless: clip_by_value<L> stands twice among the options of a call; give one");
  return fits;
}

template <call Call>
consteval bool check_pairs() {
  return true;
}
template <call Call, class First, class... Rest>
consteval bool check_pairs() {
  const bool first = (true && ... && check_two_options<Call, First, Rest>());
  return check_pairs<Call, Rest...>() && first;
}

/// Refuses, in a sentence, what is no option of a call and two options that exclude each other.
template <call Call, class... Options>
consteval bool check_options() {
  const bool each = (true && ... && check_option<Call, Options>());
  return check_pairs<Call, Options...>() && each;
}

/// Refuses an option where the loss or the optimizer stands.
template <class Loss, class Optimizer>
consteval bool check_loss_and_optimizer() {
  static_assert(kind_of<Loss>() == option_kind::none,
                "Tapeless: an option stands where the loss does: network, loss, optimizer, then "
                "options");
  static_assert(kind_of<Optimizer>() == option_kind::none,
                "Tapeless: an option stands where the optimizer does: network, loss, optimizer, "
                "then options");
  return true;
}

/// An option as a base class, which may stand there twice; empty where it does not count.
template <std::size_t Index, class Option, bool Counts>
struct option_base : Option {};
template <std::size_t Index, class Option>
struct option_base<Index, Option, false> {};

/// Whether option I is the first of its kind and says all that the list says of this kind.
template <std::size_t I, class... Options>
consteval bool counts() {
  constexpr option_kind kinds[] = {kind_of<Options>()..., option_kind::none};
  const option_kind k = kinds[I];
  if (k == option_kind::none || k == option_kind::frozen_paths ||
      k == option_kind::parameter_group || is_clip(k))
    return false;
  for (std::size_t i = 0; i < I; ++i)
    if (kinds[i] == k || (k == option_kind::by_reference && kinds[i] == option_kind::threads) ||
        (k == option_kind::threads && kinds[i] == option_kind::by_reference))
      return false;
  return true;
}

/// The clips of a list, in its order.
template <class... Options>
struct clips {
  static constexpr void clip(value* gradients,
                             int count) requires((is_clip(kind_of<Options>()) || ...)) {
    (
        [&] {
          if constexpr (is_clip(kind_of<Options>())) Options::clip(gradients, count);
        }(),
        ...);
  }
};

/// All lists of frozen paths together.
template <class... Options>
struct frozen {
  static constexpr bool any = ((kind_of<Options>() == option_kind::frozen_paths) || ...);
  static constexpr bool is_frozen(std::string_view name) requires any {
    return ([&] {
      if constexpr (kind_of<Options>() == option_kind::frozen_paths)
        return Options::is_frozen(name);
      else
        return false;
    }() || ...);
  }
  template <class Graph>
  requires any static constexpr bool all_known(const Graph& g) {
    return ([&] {
      if constexpr (kind_of<Options>() == option_kind::frozen_paths)
        return Options::all_known(g);
      else
        return true;
    }() && ...);
  }
};

/// The groups of parameters of a list, in its order.
template <class... Options>
struct parameter_groups {
  static constexpr int group_count =
      (0 + ... + (kind_of<Options>() == option_kind::parameter_group ? 1 : 0));
  /// Calls f.operator()<Group>(index) for each.
  template <class F>
  TAPELESS_INLINE static constexpr void for_each_group([[maybe_unused]] F f) {
    [[maybe_unused]] int index = 0;
    (
        [&] {
          if constexpr (kind_of<Options>() == option_kind::parameter_group)
            f.template operator()<Options>(index++);
        }(),
        ...);
  }
};

template <class Indices, class... Options>
struct option_set;
template <std::size_t... I, class... Options>
struct option_set<std::index_sequence<I...>, Options...>
    : option_base<I, Options, counts<I, Options...>()>..., clips<Options...>, frozen<Options...>, parameter_groups<Options...> {};

/// What a list of options says, as members of one class.
template <class... Options>
struct options_of : option_set<std::make_index_sequence<sizeof...(Options)>, Options...> {};

/// A call without options.
using default_options = options_of<>;

/// A call with parameters of type T takes scalar_type<T>, which says nothing new, and no other.
template <class T, class O>
consteval bool check_scalar_option() {
  if constexpr (requires { typename O::scalar; })
    static_assert(std::is_same_v<typename O::scalar, T>,
                  "Tapeless: scalar_type<T> among the options of a call names another type than "
                  "the parameters of that call have");
  return true;
}

}  // namespace tapeless::detail
