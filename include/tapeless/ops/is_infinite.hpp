#pragma once
// Whether a number is infinite.

#include <limits>
#include <tapeless/graph/symbolic.hpp>
#include <tapeless/ops/abs.hpp>
#include <tapeless/ops/equal.hpp>

namespace tapeless {

/// y = 1 where x is inf or -inf, else 0. Has no gradient.
struct is_infinite : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "is_infinite";
  static constexpr bool mask = true;
  static constexpr bool no_gradient = true;

  template <class V>
  static TAPELESS_INLINE constexpr auto forward(V x) {
    return math::abs(x) == rounded<V>(std::numeric_limits<double>::infinity());
  }
};

namespace math {
template <symbolic V>
constexpr V is_infinite(V x) {
  return apply<tapeless::is_infinite>(x);
}
}  // namespace math

}  // namespace tapeless
