#pragma once
// What an optimizer is: formulas over graph values, so that the update fuses with the gradient.

#include <tapeless/graph/symbolic.hpp>
#include <tapeless/ops/add.hpp>
#include <tapeless/ops/div.hpp>
#include <tapeless/ops/div_fast.hpp>
#include <tapeless/ops/mul.hpp>
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

}  // namespace tapeless
