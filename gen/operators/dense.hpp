#pragma once
// Fully connected layers: what Gemm, MatMul, Add and BatchNormalization make of each other.

#include <string>

#include "declare/lowering.hpp"

namespace tapeless::gen {

/// A statement `g.dense` of x, whose statement is a vector, with the weights {outputs, inputs} and,
/// unless null, the bias {outputs}. `name`: what the model calls the weights.
int dense(lowering& l, const term& x, const tensor& weights, const tensor* bias,
          const std::string& name);
/// Declares output 0 as that statement.
void lower_dense(lowering& l, const term& x, const tensor& weights, const tensor* bias,
                 const std::string& name);

/// For Add: if one operand is a product that nothing else reads and the other a constant vector,
/// gives the product its bias and returns true.
bool add_as_bias(lowering& l);

/// The layer that input i is the result of, if nothing else reads that result; else null.
statement* sole_dense(lowering& l, std::size_t i);

}  // namespace tapeless::gen
