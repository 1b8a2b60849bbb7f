#pragma once
// Targets that are the index of a class: which losses have them, and which numbers are labels.

#include <cstdio>
#include <cstdlib>
#include <tapeless/core/checks.hpp>
#include <tapeless/run/network.hpp>

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

/// Classes of a network under such a loss; 0 under other losses.
template <class Net, class Loss>
inline constexpr int classes_of = [] {
  if constexpr (has_class_targets<Loss>())
    return output_shape<Net>.rank == 1 ? output_shape<Net>[0] : 1;
  else
    return 0;
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

/// Checks the labels of the rows of a call, where the loss has labels.
template <class Net, class Loss, class T>
TAPELESS_INLINE void require_labels(const T* labels, int count, const char* where) noexcept {
  if constexpr (classes_of < Net, Loss >> 0)
    for (int i = 0; i < count; ++i)
      if (!is_label(labels[i], classes_of<Net, Loss>, ignored_label_of<Loss>())) [[unlikely]]
        broken_label(where, i, static_cast<double>(labels[i]), classes_of<Net, Loss>);
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
