#pragma once
// Exponentials by levels, powers of 4 that are set apart: what a softmax of one short row is made
// of (ops/softmax.hpp).

#include <tapeless/graph/symbolic.hpp>
#include <tapeless/ops/mul.hpp>

namespace tapeless {

/// y = the multiple of 1/2 nearest to x / ln 4: e^x lies between sqrt(1/2) 4^y and sqrt(2) 4^y.
struct exp_level {
  static constexpr const char* name = "exp_level";
  static constexpr double flops = 3;

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V x) {
    return math::exp_level(x);
  }
  template <class V>
  static constexpr V backward(V, V, V) {
    return V(0);
  }
};

/// y = e^x / 4^level, element by element with broadcasting, for levels >= exp_level(x).
struct exp_from_level {
  static constexpr const char* name = "exp_from_level";
  static constexpr int arity = 2;
  static constexpr double flops = 20;

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V x, V level) {
    return math::exp_from_level(x, level);
  }
  template <class V>
  static constexpr gradients<V, 2> backward(V dy, V, V, V y) {
    return {dy * y, dy * y * V(-1.386294361119890619)};
  }
};

/// y = x - level ln 4 for the level of x, at most 40 in size.
struct exp_level_rest {
  static constexpr const char* name = "exp_level_rest";
  static constexpr int arity = 2;
  static constexpr double flops = 4;

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V x, V level) {
    return math::exp_level_rest(x, level);
  }
  template <class V>
  static constexpr gradients<V, 2> backward(V dy, V, V, V) {
    return {dy, dy * V(-1.386294361119890619)};
  }
};

namespace math {
constexpr value exp_level(value x) { return apply<tapeless::exp_level>(x); }
constexpr value exp_from_level(value x, value level) {
  return apply<tapeless::exp_from_level>(x, level);
}
constexpr value exp_level_rest(value x, value level) {
  return apply<tapeless::exp_level_rest>(x, level);
}
}  // namespace math

}  // namespace tapeless
