#pragma once
// Groups of parameters that are trained at a rate and with a decay of their own.

#include <tapeless/run/gradient.hpp>
#include <type_traits>

namespace tapeless {

/// What a group of parameters has of its own.
struct group_settings {
  double learning_rate_factor = 1;  ///< its learning rate is that of the trainer times this
  double weight_decay = -1;         ///< in place of the optimizer's; below 0 it is the optimizer's
};

/// An option of trainers: parameters that are trained at another rate or with another weight decay,
/// PyTorch's parameter groups. Paths as in frozen_paths: a path, its beginning, or its end behind a
/// star. A parameter belongs to the first group that names it. At most eight groups.
///
///   trainer<net, mse, adamw, parameter_group<group_settings{.learning_rate_factor = 0.1},
///   "encoder">,
///           parameter_group<group_settings{.weight_decay = 0}, "*.bias">>
template <group_settings Settings, fixed_string... Paths>
struct parameter_group {
  static constexpr option_kind kind = option_kind::parameter_group;
  static_assert(sizeof...(Paths) > 0, "Tapeless: a parameter_group names at least one path");
  static_assert(Settings.learning_rate_factor >= 0,
                "Tapeless: the learning_rate_factor of a parameter_group is not negative; to train "
                "no parameter of a path is frozen_paths");
  static constexpr group_settings settings = Settings;
  static constexpr bool contains(std::string_view name) {
    return (path_matches(name, Paths.view()) || ...);
  }
  template <class Graph>
  static constexpr bool all_known(const Graph& g) {
    return all_paths_known<Paths...>(g);
  }
};

namespace detail {

template <class Optimizer>
concept has_weight_decay = requires {
  Optimizer::settings.weight_decay;
};

/// The optimizer of a group: the same with another weight decay.
template <class Optimizer, class Group>
struct optimizer_of_group {
  using type = Optimizer;
};
template <class Optimizer, class Group>
requires(Group::settings.weight_decay >= 0) struct optimizer_of_group<Optimizer, Group> {
  static_assert(has_weight_decay<Optimizer>,
                "Tapeless: a parameter_group has a weight_decay, but the optimizer has none in its "
                "'settings'");
  static constexpr auto settings = [] {
    auto s = Optimizer::settings;
    s.weight_decay = Group::settings.weight_decay;
    return s;
  }();
  using type = typename Optimizer::template with_settings<settings>;
  static_assert(type::states == Optimizer::states);
};

/// A struct of the same members as one of another type.
template <class To, class From>
TAPELESS_INLINE constexpr To same_members(const From& from) noexcept {
  if constexpr (std::is_same_v<To, From>)
    return from;
  else if constexpr (std::is_empty_v<To>)
    return To{};
  else
    return __builtin_bit_cast(To, from);
}

/// The numbers of a step for the parameters of each group, into slots of their own: from the
/// options and the progress before the step.
template <class Options, class Optimizer, class T>
TAPELESS_INLINE constexpr void advance_groups(const typename Optimizer::options& options,
                                              const typename Optimizer::progress& progress,
                                              [[maybe_unused]] T* scalars) {
  Options::for_each_group([&]<class Group>(int index) __attribute__((always_inline)) {
    using own = typename optimizer_of_group<Optimizer, Group>::type;
    auto o = same_members<typename own::options>(options);
    auto p = same_members<typename own::progress>(progress);
    o.learning_rate = o.learning_rate * Group::settings.learning_rate_factor;
    double numbers[slots_per_group] = {};
    own::advance(o, p, numbers);
    for (int i = 0; i < own::scalars; ++i)
      scalars[group_slot + index * slots_per_group + i] = static_cast<T>(numbers[i]);
  });
}

/// Slots of `place::scalars` that a call with these options reads.
template <class Options>
inline constexpr int slots_of_call = group_slot + Options::group_count* slots_per_group;

}  // namespace detail
}  // namespace tapeless
