#pragma once
// Samples that a loss over class indices leaves out.

#include <tapeless/losses/loss.hpp>
#include <tapeless/ops/equal.hpp>
#include <tapeless/ops/select.hpp>
#include <tapeless/run/labels.hpp>

namespace tapeless {

/// A loss over class indices without the samples whose index is Index, PyTorch's ignore_index:
/// `ignore_index<cross_entropy, -100>`. The mean runs over the samples that count. Where none does
/// it is NaN, as in PyTorch, and the gradient is 0.
template <class Loss, int Index = -100>
struct ignore_index {
  static_assert(detail::has_class_targets<Loss>(),
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

}  // namespace tapeless
