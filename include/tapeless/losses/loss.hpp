#pragma once
// What a loss is, and how it becomes one number per batch.

#include <tapeless/ops/expand.hpp>
#include <tapeless/ops/mul.hpp>
#include <tapeless/ops/sum.hpp>

namespace tapeless {

// A loss is a type with
//   static constexpr shape target(shape output)              shape of one sample's target
//   static constexpr value lower(graph&, value y, value t)    sum over one sample, of rank 0
//   static constexpr double terms(shape output)               terms that a mean divides by
// and, if its target is the index of a class,
//   static constexpr bool target_is_class = true              labels are checked
// and, if samples do not all count the same in the mean, for one target row,
//   static constexpr value share(value t)                     in the graph
//   template <class T> static constexpr T share(const T* t)   in the program
// A loss that wraps another one names it as `base`.
// Its mean over a batch is the mean over all terms of all samples, as PyTorch's reduction='mean'.

/// The same loss summed over elements and samples, PyTorch's reduction='sum'.
template <class Loss>
struct summed {
  using base = Loss;
  static constexpr bool is_sum = true;
  static constexpr shape target(shape output) { return Loss::target(output); }
  static constexpr value lower(graph& g, value y, value t) { return Loss::lower(g, y, t); }
  static constexpr double terms(shape) { return 1; }
};

namespace detail {

/// Losses that compare output and target element by element.
struct elementwise_loss {
  static constexpr shape target(shape output) { return output; }
  static constexpr double terms(shape output) { return output.count(); }
};

/// Losses of a score per class and the index of the right one. A target is a whole number from 0 to
/// classes - 1. Data sets are checked by fit and evaluation; the core checks labels where
/// TAPELESS_CHECKS is 1. Else another number, NaN too, is the index of no class: the score of the
/// right class counts as 0, in cross entropies as the largest of all; nothing is read out of bounds.
struct class_loss {
  static constexpr shape target(shape) { return {}; }
  static constexpr double terms(shape) { return 1; }
  static constexpr bool needs_classes = true;
  static constexpr bool target_is_class = true;
};

}  // namespace detail
}  // namespace tapeless
