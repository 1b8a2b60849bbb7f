#pragma once
// Positions along an axis.

#include <tapeless/ops/reshape.hpp>

namespace tapeless {

/// y[..., i, ...] = i along one axis, for one-hot masks. Stored nowhere unless a kernel needs the
/// positions in memory: kernels count.
struct iota : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "iota";
  static constexpr family kind = family::index;
  static constexpr int arity = 0;
  static constexpr bool no_gradient = true;
  /// Positions that vectors of every kind convert exactly (simd/index.hpp).
  static constexpr int most_positions = 1 << 23;
  struct attributes {
    shape dims;
    int axis;

    template <class Attributes, class F>
    static constexpr void each(Attributes& a, F f) {
      f(a.dims);
      f(a.axis);
    }
  };

  static constexpr result_type infer(graph& g, const int*, const attributes& a) {
    if (a.axis < 0 || a.axis >= a.dims.rank)
      g.fail(problem::axis_out_of_range, path{name}, shape{a.axis}, a.dims);
    else if (a.dims[a.axis] > most_positions)
      g.fail(problem::too_many_positions, path{name}, a.dims);
    return {a.dims, false};
  }
};

namespace math {
/// 0, 1, 2, ... along the last axis of a shape, or along another one; -1 is the last.
constexpr value iota(graph& g, shape dims) {
  return g.add(&description<tapeless::iota>, nullptr,
               pack(tapeless::iota::attributes{dims, dims.rank - 1}));
}
constexpr value iota(graph& g, shape dims, int axis) {
  if (axis < 0) axis += dims.rank;
  return g.add(&description<tapeless::iota>, nullptr, pack(tapeless::iota::attributes{dims, axis}));
}
}  // namespace math

}  // namespace tapeless
