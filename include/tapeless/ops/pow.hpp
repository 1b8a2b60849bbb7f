#pragma once
// Power by a constant.

#include <tapeless/graph/symbolic.hpp>
#include <tapeless/ops/div.hpp>
#include <tapeless/ops/mul.hpp>
#include <tapeless/ops/square.hpp>

namespace tapeless {

/// y = x^exponent, as std::pow for zeros, infinities and negative numbers.
struct pow : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "pow";
  struct attributes {
    double exponent;
  };
  static constexpr double flops = 40;

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V x, const attributes& a) {
    return math::pow(x, a.exponent);
  }
  template <class V>
  static constexpr V backward(V dy, V x, V, const attributes& a) {
    if (a.exponent == 0) return V(0);
    return dy * (rounded<V>(a.exponent) * math::pow(x, a.exponent - 1));
  }
};

namespace math {
/// x^exponent. Small whole exponents become products.
constexpr value pow(value x, double exponent) {
  if (exponent == 0) return x.recorded() ? x.owner->constant(1, x.dims(), x.batched()) : value{1.0};
  if (exponent == 1) return x;
  if (exponent == 2) return apply<tapeless::square>(x);
  if (exponent == 3) return apply<tapeless::square>(x) * x;
  if (exponent == -1) return value{1.0} / x;
  return apply_with<tapeless::pow>({exponent}, x);
}
}  // namespace math

}  // namespace tapeless
