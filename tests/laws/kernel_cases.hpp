#pragma once
// Formulas by number of features that the kernel law is tried with.

#include <laws/kernel_law.hpp>

namespace laws {

/// One row of parameters, one number and the sample itself, under a few operations.
inline constexpr auto mixed_formula = [](tl::value x, tl::value row, tl::value number) {
  return tl::math::relu(x * row + number) - tl::math::tanh(x);
};
template <int Features>
using mixed = law_case<"mixed", mixed_formula, operand{tl::shape{Features}, true},
                       operand{tl::shape{Features}}, operand{tl::shape{1}}>;

/// A dense layer with its activation, written out: W x + b.
inline constexpr auto affine_formula = [](tl::value x, tl::value w, tl::value b) {
  return tl::math::sigmoid(tl::math::matmul(w, x) + b);
};
template <int Inputs, int Outputs>
using affine = law_case<"affine", affine_formula, operand{tl::shape{Inputs}, true},
                        operand{tl::shape{Outputs, Inputs}}, operand{tl::shape{Outputs}}>;

/// A row of logits to its loss against a row of weights.
inline constexpr auto softmax_formula = [](tl::value x, tl::value row) {
  return tl::math::softmax(x * row);
};
template <int Features>
using softmax_row = law_case<"softmax", softmax_formula, operand{tl::shape{Features}, true},
                             operand{tl::shape{Features}}>;

/// All samples' matrices times one matrix, and the row sums of the products.
inline constexpr auto matrices_formula = [](tl::value x, tl::value w) {
  return tl::math::sum(tl::math::tanh(tl::math::matmul(x, w)), 1);
};
template <int Rows, int Shared, int Columns>
using matrices = law_case<"matrices", matrices_formula, operand{tl::shape{Rows, Shared}, true},
                          operand{tl::shape{Shared, Columns}}>;

}  // namespace laws
