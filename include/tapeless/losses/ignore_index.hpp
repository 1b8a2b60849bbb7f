#pragma once
// Samples that a loss over class indices leaves out.

#include <tapeless/losses/loss.hpp>
#include <tapeless/ops/equal.hpp>
#include <tapeless/ops/select.hpp>
#include <tapeless/run/labels.hpp>

namespace tapeless {

/// A loss over class indices without the samples whose index is Index, PyTorch's ignore_index:
/// `ignore_index<cross_entropy, -100>`. The mean runs over the samples that count. Where none does
/// it is NaN, as in PyTorch, and the gradient is 0. `ignore_index<sequence_cross_entropy, -100>`
/// leaves out steps instead of samples.
template <class Loss, int Index = -100>
struct ignore_index {
  static_assert(detail::has_class_targets<Loss>() || detail::has_classes_of_steps<Loss>(),
                "Tapeless: ignore_index<Loss, Index> needs a loss whose target is the index of a "
                "class, such as cross_entropy or nll");
  static_assert(!detail::reads_sample_weights<Loss>(),
                "Tapeless: sample_weights<ignore_index<Loss>> is the order of the two");
  using base = Loss;
  static constexpr int ignored_index = Index;

  static constexpr value share(value t) {
    value counts{1.0};
    if constexpr (detail::has_shares<Loss>) counts = detail::shares_of<Loss>::share(t);
    return math::select(t == value{double{Index}}, value{0.0}, counts);
  }
  template <class T>
  TAPELESS_NATIVE static constexpr T share(const T* t) {
    if (*t == static_cast<T>(Index)) return T(0);
    if constexpr (detail::has_shares<Loss>)
      return detail::shares_of<Loss>::share(t);
    else
      return T(1);
  }

  static constexpr shape target(shape output) { return Loss::target(output); }
  static constexpr double terms(shape output) { return Loss::terms(output); }
  static constexpr value lower(graph& g, value y, value t) {
    const value ignored = t == value{double{Index}};
    const value l = Loss::lower(g, y, math::select(ignored, value{0.0}, t));
    return math::select(ignored, value{0.0}, l);
  }
};

/// The same for a loss over every step of a sequence: a sample counts as often as it has steps whose
/// index is another one.
template <class Loss, int Index>
requires(detail::has_classes_of_steps<Loss>()) struct ignore_index<Loss, Index> {
  static_assert(
      requires(graph& g, value v) { Loss::lower_steps(g, v, v); },
      "Tapeless: ignore_index<Loss, Index> stands directly around a loss over the steps of a "
      "sequence, such as sequence_cross_entropy");
  using base = Loss;
  static constexpr int ignored_index = Index;

  static constexpr value share(value t) {
    return math::sum(math::select(t == value{double{Index}}, value{0.0}, value{1.0}));
  }
  template <class T>
  TAPELESS_NATIVE static constexpr T share(const T* t, int steps) {
    int counted = 0;
    for (int i = 0; i < steps; ++i) counted += t[i] != static_cast<T>(Index);
    return static_cast<T>(counted);
  }

  static constexpr shape target(shape output) { return Loss::target(output); }
  static constexpr double terms(shape) { return 1; }
  static constexpr value lower(graph& g, value y, value t) {
    const value ignored = t == value{double{Index}};
    const value l = Loss::lower_steps(g, y, math::select(ignored, value{0.0}, t));
    return g.failed() ? l : math::sum(math::select(ignored, value{0.0}, l));
  }
};

}  // namespace tapeless
