#pragma once
// Targets that are the index of a class: which losses have them, and which numbers are labels.

#include <cstdio>
#include <cstdlib>
#include <tapeless/core/checks.hpp>
#include <tapeless/run/network.hpp>

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

/// Checks the labels of the rows of a call, where the loss has labels.
template <class Net, class Loss, int Output = 0, class T>
TAPELESS_INLINE void require_labels(const T* labels, int count, const char* where,
                                    int row = 1) noexcept {
  if constexpr (is_loss_list<Loss>) {
    constexpr int whole = target_size<Net, Loss>;
    for_each_target<Net, Loss>([&]<class Part, int Index, int Of>(int begin) {
      require_labels<Net, Part, Of>(labels + begin, count, where, whole);
    });
  } else if constexpr (classes_of < Net, Loss, Output >> 0) {
    constexpr int classes = classes_of<Net, Loss, Output>;
    for (int i = 0; i < count; ++i)
      if (!is_label(labels[i * row], classes, ignored_label_of<Loss>())) [[unlikely]]
        broken_label(where, i, static_cast<double>(labels[i * row]), classes);
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
  return fits;
}

/// How many of the rows count in the mean of a loss: all but those whose label is left out.
template <class Loss, class T>
TAPELESS_INLINE constexpr int counted_rows([[maybe_unused]] const T* targets, int count) noexcept {
  constexpr ignored_label ignored = ignored_label_of<Loss>();
  int n = count;
  if constexpr (ignored.exists)
    for (int i = 0; i < count; ++i) n -= targets[i] == static_cast<T>(ignored.index);
  return n;
}

}  // namespace tapeless::detail
