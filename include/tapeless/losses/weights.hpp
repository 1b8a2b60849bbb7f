#pragma once
// Weights of samples and of classes.

#include <tapeless/losses/cross_entropy.hpp>
#include <tapeless/ops/equal.hpp>
#include <tapeless/ops/iota.hpp>
#include <tapeless/ops/reshape.hpp>
#include <tapeless/ops/select.hpp>
#include <tapeless/ops/shapes.hpp>
#include <tapeless/ops/slice.hpp>
#include <tapeless/run/labels.hpp>
#include <type_traits>

namespace tapeless {

/// A loss whose samples have weights: each target row has one scalar more, the weight of its
/// sample, behind the target. loss = mean of weight times the loss of the sample. The mean divides
/// by the number of samples, not by the sum of the weights, as PyTorch's (weight * loss).mean() and
/// Keras' sample_weight do; samples of weight 0 add nothing, but count.
template <class Loss>
struct sample_weights {
  using base = Loss;
  static_assert(requires(shape s) { Loss::target(s); },
                "Tapeless: sample_weights<Loss> stands around a loss, which has a 'target'");
  static constexpr bool reads_weight = true;
  static_assert(!detail::reads_sample_weights<Loss>(),
                "Tapeless: sample_weights stands around a loss once");
  static_assert(!detail::has_classes_of_steps<Loss>() || !detail::has_shares<Loss>,
                "Tapeless: sample_weights does not go with a loss that leaves out steps; a step of "
                "the ignored index has no weight");

  static constexpr shape target(shape output) { return {Loss::target(output).count() + 1}; }
  static constexpr double terms(shape output) { return Loss::terms(output); }
  static constexpr value lower(graph& g, value y, value t) {
    const shape own = Loss::target(y.dims());
    return t[own.count()] * Loss::lower(g, y, target_of(t, own));
  }
  static constexpr value share(value t) requires detail::has_shares<Loss> {
    return detail::shares_of<Loss>::share(target_of(t, Loss::target({})));
  }
  template <class T>
  TAPELESS_NATIVE static constexpr T share(const T* t) requires detail::has_shares<Loss> {
    return detail::shares_of<Loss>::share(t);
  }

 private:
  static constexpr value target_of(value t, const shape& own) {
    return math::reshape(math::slice(t, 0, 0, own.count()), own);
  }
};

/// A loss over classes with a weight for each class, PyTorch's CrossEntropyLoss(weight=...):
/// class_weights<cross_entropy, 1.0, 5.0> for two classes of which the second is rare.
/// loss = sum of w[t] l / sum of w[t] over the samples, l the loss of a sample. Around
/// smoothed_cross_entropy the smoothed part has the weight of each class, as in PyTorch, and
/// cross_entropy_probabilities is the mean over samples of the weighted sum over classes. Where all
/// weights are 0 the mean is NaN and the gradient 0. ignore_index, sample_weights and summed stand
/// around class_weights.
template <class Loss, auto... Weights>
struct class_weights {
  static constexpr bool over_probabilities = std::is_same_v<Loss, cross_entropy_probabilities>;
  static_assert(over_probabilities || detail::has_class_targets<Loss>(),
                "Tapeless: class_weights<Loss, ...> needs a loss over classes, such as "
                "cross_entropy; for bce_with_logits there is weighted_bce_with_logits<Weight>");
  static_assert(
      !requires { typename Loss::base; },
      "Tapeless: class_weights stands directly around a loss over classes: "
      "ignore_index<class_weights<cross_entropy, ...>>");
  static_assert(((Weights >= 0) && ...), "Tapeless: the weight of a class is 0 or more");
  using base = Loss;
  static constexpr int count = static_cast<int>(sizeof...(Weights));
  static constexpr double weights[count > 0 ? count : 1] = {static_cast<double>(Weights)...};

  static constexpr shape target(shape output) { return Loss::target(output); }
  static constexpr double terms(shape output) { return Loss::terms(output); }
  static constexpr value lower(graph& g, value y, value t) {
    if (y.dims()[0] != count) {
      g.fail(problem::class_weights_of_another_count, path{"loss"}, shape{count}, y.dims());
      return math::sum(y);
    }
    if constexpr (over_probabilities || requires { Loss::smoothing; }) {
      const detail::centred_logits c(y);
      const value w = weight_at(math::iota(g, y.dims()));
      if constexpr (over_probabilities) {
        return math::sum(w * t * (c.log_sum - c.below));
      } else {
        const value right = c.log_sum - detail::pick(g, c.below, t);
        return value{1 - Loss::smoothing} * (weight_at(t) * right) +
               math::sum((value{Loss::smoothing / count} * w) * (c.log_sum - c.below));
      }
    } else {
      return weight_at(t) * Loss::lower(g, y, t);
    }
  }
  static constexpr value share(value t) requires(!over_probabilities) { return weight_at(t); }
  template <class T>
  TAPELESS_NATIVE static constexpr T share(const T* t) requires(!over_probabilities) {
    for (int c = 1; c < count; ++c)
      if (*t == static_cast<T>(c)) return static_cast<T>(weights[c]);
    return static_cast<T>(weights[0]);
  }

 private:
  /// The weight of a class index, element by element; that of class 0 where it is none.
  static constexpr value weight_at(value index) {
    value w{weights[0]};
    for (int c = 1; c < count; ++c)
      if (weights[c] != weights[0])
        w = math::select(index == value{static_cast<double>(c)}, value{weights[c]}, w);
    return w;
  }
};

}  // namespace tapeless
