#pragma once
// Smooth rectifier.

#include <tapeless/graph/symbolic.hpp>
#include <tapeless/ops/abs.hpp>
#include <tapeless/ops/add.hpp>
#include <tapeless/ops/exp.hpp>
#include <tapeless/ops/log1p.hpp>
#include <tapeless/ops/max.hpp>
#include <tapeless/ops/mul.hpp>
#include <tapeless/ops/neg.hpp>
#include <tapeless/ops/sigmoid.hpp>

namespace tapeless {

/// y = ln(1 + e^x), without overflow.
struct softplus : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "softplus";
  static constexpr double flops = 40;

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V x) {
    return math::max(x, V(0)) + math::log1p(math::exp(-math::abs(x)));
  }
  template <class V>
  static constexpr V backward(V dy, V x, V) {
    return dy * math::sigmoid(x);
  }
};

namespace math {
constexpr value softplus(value x) { return apply<tapeless::softplus>(x); }
}  // namespace math

}  // namespace tapeless
