#pragma once
// A value whose gradient stops here.

#include <tapeless/graph/symbolic.hpp>

namespace tapeless {

/// y = x; no gradient flows back.
struct detach : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "detach";
  static constexpr family kind = family::view;
  static constexpr bool no_gradient = true;

  struct attributes {};

  static constexpr result_type infer(graph& g, const int* in, const attributes&) {
    return {g[in[0]].dims, g[in[0]].batched};
  }
  static constexpr void backward(graph&, int, value, value*) {}
  static constexpr bool view(const shape&, const shape&, const attributes&, strided&) {
    return true;
  }
};

namespace math {
/// x, seen as a constant by differentiation.
constexpr value detach(value x) { return apply<tapeless::detach>(x); }
}  // namespace math

}  // namespace tapeless
