#pragma once
// Targets that are the index of a class: which losses have them, and which numbers are labels.

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <tapeless/core/checks.hpp>
#include <tapeless/ops/uniform.hpp>
#include <tapeless/run/targets.hpp>
#include <type_traits>

namespace tapeless {

/// Whether a loss is the sum over its terms and samples instead of their mean.
template <class Loss>
inline constexpr bool is_summed = [] {
  if constexpr (requires { Loss::is_sum; })
    return bool{Loss::is_sum};
  else if constexpr (requires { typename Loss::base; })
    return is_summed<typename Loss::base>;
  else
    return false;
}();

}  // namespace tapeless

namespace tapeless::detail {

template <class Loss>
struct type_of_loss {
  using type = Loss;
};

/// Whether a loss takes the index of a class as its target: it, or what it wraps, says
/// `target_is_class`.
template <class Loss>
consteval bool has_class_targets() {
  if constexpr (requires { Loss::target_is_class; })
    return Loss::target_is_class;
  else if constexpr (requires { typename Loss::base; })
    return has_class_targets<typename Loss::base>();
  else
    return false;
}

/// Whether a loss takes the index of a class for every step of a sequence as its targets: it, or what
/// it wraps, says `targets_are_classes`.
template <class Loss>
consteval bool has_classes_of_steps() {
  if constexpr (requires { Loss::targets_are_classes; })
    return Loss::targets_are_classes;
  else if constexpr (requires { typename Loss::base; })
    return has_classes_of_steps<typename Loss::base>();
  else
    return false;
}

/// The label whose samples a loss leaves out; none if `exists` is false.
struct ignored_label {
  bool exists = false;
  int index = 0;
};
template <class Loss>
consteval ignored_label ignored_label_of() {
  if constexpr (requires { Loss::ignored_index; })
    return {true, Loss::ignored_index};
  else if constexpr (requires { typename Loss::base; })
    return ignored_label_of<typename Loss::base>();
  else
    return {};
}

/// The loss that says what a sample counts in the mean: this one, or what it wraps; void if all count
/// the same.
template <class Loss>
consteval auto loss_with_shares() {
  if constexpr (requires(value t) { Loss::share(t); })
    return type_of_loss<Loss>{};
  else if constexpr (requires { typename Loss::base; })
    return loss_with_shares<typename Loss::base>();
  else
    return type_of_loss<void>{};
}
template <class Loss>
using shares_of = typename decltype(loss_with_shares<Loss>())::type;
template <class Loss>
inline constexpr bool has_shares = !std::is_void_v<shares_of<Loss>>;

/// Whether a loss, or what it wraps, reads the weight of a sample behind its target.
template <class Loss>
consteval bool reads_sample_weights() {
  if constexpr (requires { Loss::reads_weight; })
    return Loss::reads_weight;
  else if constexpr (requires { typename Loss::base; })
    return reads_sample_weights<typename Loss::base>();
  else
    return false;
}

/// The options of a loss, or of what it wraps.
struct no_loss_options {};
template <class Loss>
consteval auto loss_with_options() {
  if constexpr (requires { typename Loss::options; })
    return type_of_loss<Loss>{};
  else if constexpr (requires { typename Loss::base; })
    return loss_with_options<typename Loss::base>();
  else
    return type_of_loss<void>{};
}
template <class Loss, class Owner = typename decltype(loss_with_options<Loss>())::type>
struct loss_options_in {
  using type = typename Owner::options;
  /// The numbers of the options, into their slots.
  template <class T>
  TAPELESS_INLINE static constexpr void put(const type& options, T* scalars) noexcept {
    static_assert(
        requires(double* to) { Owner::numbers(options, to); },
        "Tapeless: a loss with 'struct options' has 'static constexpr void numbers(const options&, "
        "double*)', which makes of them what tl::loss_scalar(g, k) reads");
    double numbers[most_loss_scalars] = {};
    Owner::numbers(options, numbers);
    for (int i = 0; i < most_loss_scalars; ++i)
      scalars[loss_slot + i] = static_cast<T>(numbers[i]);
  }
};
template <class Loss>
struct loss_options_in<Loss, void> {
  using type = no_loss_options;
  template <class T>
  TAPELESS_INLINE static constexpr void put(const type&, T*) noexcept {}
};
template <class Loss>
using loss_options_of = typename loss_options_in<Loss>::type;

/// The scalars of a call of a loss without a trainer: seed and step 0, options as declared.
template <class Loss, class T>
struct default_scalars {
  T of[group_slot] = {};
  constexpr default_scalars() { loss_options_in<Loss>::put(loss_options_of<Loss>{}, of); }
};
template <class Loss, class T>
inline constexpr default_scalars<Loss, T> scalars_of_loss{};

/// Classes of an output of a network under such a loss; 0 under other losses.
template <class Net, class Loss, int Output = 0>
inline constexpr int classes_of = [] {
  if constexpr (has_class_targets<Loss>()) {
    constexpr shape dims = declared<Net>.result(Output).dims;
    return dims.rank == 1 ? dims[0] : 1;
  } else {
    return 0;
  }
}();

/// Classes of every step under a loss over steps, and its steps; 0 under other losses.
struct step_labels {
  int steps = 0, classes = 0;
};
template <class Net, class Loss, int Output = 0>
inline constexpr step_labels step_labels_of = [] {
  if constexpr (has_classes_of_steps<Loss>()) {
    constexpr shape dims = declared<Net>.result(Output).dims;
    return dims.rank == 2 ? step_labels{dims[0], dims[1]} : step_labels{};
  } else {
    return step_labels{};
  }
}();

/// Whether t is a whole number from 0 to classes - 1, or the label that is left out.
template <class T>
TAPELESS_INLINE constexpr bool is_label(T t, int classes, ignored_label ignored) noexcept {
  if (ignored.exists && t == static_cast<T>(ignored.index)) return true;
  return t >= T(0) && t < static_cast<T>(classes) && t == static_cast<T>(static_cast<int>(t));
}

TAPELESS_NATIVE [[gnu::cold, gnu::noinline, noreturn]] inline void broken_label(
    const char* where, int row, double found, int classes) noexcept {
  std::fprintf(
      stderr, "Tapeless: %s: the target of row %d is %g, which is none of the %d classes 0 to %d\n",
      where, row, found, classes, classes - 1);
  std::abort();
}

/// Calls f<loss, index of the target, index of its output>(begin in a row) for each target.
template <class Net, class Loss, class F>
TAPELESS_INLINE constexpr void for_each_target(F&& f) noexcept {
  if constexpr (is_loss_list<Loss>) {
    int begin = 0;
    Loss::for_each([&]<class Part, int I>() {
      constexpr int output = targets_of<Net, Loss>.output[I];
      f.template operator() < typename Part::loss, I, output<0 ? 0 : output>(begin);
      begin += targets_of<Net, Loss>.size[I];
    });
  } else {
    f.template operator()<Loss, 0, 0>(0);
  }
}

/// Checks the labels of the rows of a call, where the loss has labels; `row` is the distance between
/// two of them, the size of a target where it is 0.
template <class Net, class Loss, int Output = 0, class T>
TAPELESS_INLINE void require_labels(const T* labels, int count, const char* where,
                                    int row = 0) noexcept {
  if constexpr (is_loss_list<Loss>) {
    constexpr int whole = target_size<Net, Loss>;
    for_each_target<Net, Loss>([&]<class Part, int Index, int Of>(int begin) {
      require_labels<Net, Part, Of>(labels + begin, count, where, whole);
    });
  } else if constexpr (classes_of < Net, Loss, Output >> 0) {
    constexpr int classes = classes_of<Net, Loss, Output>;
    if (row == 0) row = target_size<Net, Loss>;
    for (int i = 0; i < count; ++i)
      if (!is_label(labels[i * row], classes, ignored_label_of<Loss>())) [[unlikely]]
        broken_label(where, i, static_cast<double>(labels[i * row]), classes);
  } else if constexpr (has_classes_of_steps<Loss>()) {
    constexpr step_labels own = step_labels_of<Net, Loss, Output>;
    if (row == 0) row = target_size<Net, Loss>;
    for (int i = 0; i < count; ++i)
      for (int s = 0; s < own.steps; ++s)
        if (!is_label(labels[i * row + s], own.classes, ignored_label_of<Loss>())) [[unlikely]]
          broken_label(where, i, static_cast<double>(labels[i * row + s]), own.classes);
  }
}

/// Whether a target row is one that a loss takes: labels are labels, other numbers are anything.
template <class Net, class Loss, int Output = 0, class T>
TAPELESS_INLINE constexpr bool is_target_row(const T* row) noexcept {
  bool fits = true;
  if constexpr (is_loss_list<Loss>)
    for_each_target<Net, Loss>([&]<class Part, int Index, int Of>(int begin) {
      fits = fits && is_target_row<Net, Part, Of>(row + begin);
    });
  else if constexpr (classes_of < Net, Loss, Output >> 0)
    fits = is_label(*row, classes_of<Net, Loss, Output>, ignored_label_of<Loss>());
  else if constexpr (has_classes_of_steps<Loss>())
    for (int s = 0; s < step_labels_of<Net, Loss, Output>.steps; ++s)
      fits = fits && is_label(row[s], step_labels_of<Net, Loss, Output>.classes,
                              ignored_label_of<Loss>());
  return fits;
}

/// What the rows count together in the mean of a loss: each 1, but 0 where its label is left out and
/// the weight of its class where classes have weights; as often as it has steps that count where a
/// loss leaves out steps.
template <class Net, class Loss, class T>
TAPELESS_INLINE constexpr double counted_share([[maybe_unused]] const T* targets,
                                               int count) noexcept {
  if constexpr (has_shares<Loss>) {
    double sum = 0;
    for (int i = 0; i < count; ++i) {
      const T* const row = targets + std::ptrdiff_t{i} * target_size<Net, Loss>;
      if constexpr (requires { shares_of<Loss>::share(row, 1); })
        sum += shares_of<Loss>::share(row, target_size<Net, Loss>);
      else
        sum += shares_of<Loss>::share(row);
    }
    return sum;
  } else {
    return count;
  }
}

}  // namespace tapeless::detail
