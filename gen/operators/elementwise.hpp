#pragma once
// What elementwise operators share: numpy's broadcasting, in evaluation and in declarations.

#include <functional>
#include <string>

#include "declare/lowering.hpp"
#include "operators/call.hpp"
#include "operators/operator.hpp"

namespace tapeless::gen {

/// out[i] = f(x[i]), of x's type.
void map(evaluation& e, const std::function<double(double)>& f);

/// out[i] = f(a[i], b[i]) with broadcasting; the result has the type `type`, or that of input 0.
void map2(evaluation& e, const std::function<double(double, double)>& f,
          element type = element::undefined);

/// Elements of x in the shape `dims`, which x broadcasts to.
tensor expanded(const tensor& x, const dimensions& dims);

/// Declares output 0 as a function of input 0. `layer`: the same as a layer.
void lower_unary(lowering& l, const std::string& function, const std::string& layer = {});

/// An operand of an elementwise statement, and the shape and form that all operands agree on.
struct aligned {
  std::vector<operand> operands;
  dimensions dims;      ///< of the result, as the model has them
  bool sample = false;  ///< the result lacks the axis of the batch
};

/// Inputs `which` as operands of one elementwise statement: constants of one number as numbers.
aligned align(lowering& l, const std::vector<std::size_t>& which);

/// Declares output 0 as `a sign b`.
void lower_infix(lowering& l, const std::string& sign);

/// Declares output 0 as function(a, b).
void lower_binary(lowering& l, const std::string& function);

/// Sets output 0 to a statement of an aligned result.
void finish(lowering& l, const aligned& a, int statement);

/// Refuses integers where Tapeless' floats would round differently.
void expect_floats(const lowering& l, std::size_t i = 0);

}  // namespace tapeless::gen
