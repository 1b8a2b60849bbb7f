#pragma once
// What an optimizer is: formulas over graph values, so that the update fuses with the gradient.

#include <tapeless/graph/symbolic.hpp>
#include <tapeless/ops/add.hpp>
#include <tapeless/ops/div.hpp>
#include <tapeless/ops/div_fast.hpp>
#include <tapeless/ops/mul.hpp>
#include <tapeless/ops/neg.hpp>
#include <tapeless/ops/sqrt.hpp>
#include <tapeless/ops/square.hpp>
#include <tapeless/ops/sub.hpp>

namespace tapeless {

// An optimizer is a type with
//   struct options                      what may change while training: at least learning_rate
//   static constexpr int states         numbers kept per parameter
//   static constexpr int scalars        numbers that change from step to step, 6 at most
//   struct progress                     what those are computed from, besides the options
//   static constexpr void advance(const options&, progress&, double* scalars)
//   static constexpr update step(value w, value g, const value* state, const value* scalar)

/// New values of a parameter and of its state.
struct update {
  value w;
  value state[3];
};

namespace detail {

/// A running mean: from + weight (to - from). Equal numbers leave the mean where it is, which
/// beta m + (1 - beta) g does not. Source: torch.lerp, with its two forms.
constexpr value moved(value from, value to, double weight) {
  return weight < 0.5 ? from + value{weight} * (to - from)
                      : to - value{1 - weight} * (to - from);
}

/// A running mean of squares: decay s + (1 - decay) g^2. The factor comes before the second g, as in
/// torch.addcmul: the square of a gradient of 1e19 is beyond float, its share in the mean is not.
constexpr value mean_of_squares(value s, value g, double decay) {
  return value{decay} * s + value{1 - decay} * g * g;
}

/// The gradient of what is made small: -g where the loss is to grow.
constexpr value descent(value g, bool maximize) { return maximize ? -g : g; }

}  // namespace detail

}  // namespace tapeless
