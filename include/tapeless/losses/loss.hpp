#pragma once
// What a loss is, and how it becomes one number per batch.

#include <tapeless/ops/expand.hpp>
#include <tapeless/ops/mul.hpp>
#include <tapeless/ops/sum.hpp>
#include <tapeless/ops/uniform.hpp>

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
// and, if it has numbers that change from call to call, four at most, read by loss_scalar(g, k),
//   struct options                                            the numbers with their defaults
//   static constexpr void numbers(const options&, double*)
// A loss that wraps another one names it as `base`.
// Its mean over a batch is the mean over all terms of all samples, as PyTorch's reduction='mean'.

/// Number k of a loss whose numbers change from call to call, as `numbers` makes it of the options:
/// those of a trainer, t.loss_options(), or their defaults in value_and_grad.
constexpr value loss_scalar(graph& g, int k) {
  if (k < 0 || k >= most_loss_scalars) {
    g.fail(problem::too_many_loss_scalars, path{"loss"}, shape{k}, shape{most_loss_scalars});
    return value{0.0};
  }
  const path name = path{"loss"}.join(k);
  const int known = g.find(name.view(), place::scalars);
  return known >= 0 ? value{g, g.tensors[known].node}
                    : g.leaf(name, place::scalars, {}, false, loss_slot + k);
}

/// The same loss summed over elements and samples, PyTorch's reduction='sum'.
template <class Loss>
struct summed {
  using base = Loss;
  static_assert(requires(shape s) { Loss::target(s); },
                "Tapeless: summed<Loss> stands around a loss, which has a 'target'");
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
