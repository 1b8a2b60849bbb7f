#pragma once
// The diagonal of two axes of equal extent.

#include <tapeless/ops/equal.hpp>
#include <tapeless/ops/iota.hpp>
#include <tapeless/ops/select.hpp>
#include <tapeless/ops/sum.hpp>

namespace tapeless {

/// Elements whose indices along two axes are equal; the first axis stays, the second goes.
struct diagonal : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "diagonal";
  static constexpr family kind = family::view;
  struct attributes {
    int first, second;
  };

  static constexpr shape without(const shape& s, int axis) {
    shape r;
    for (int i = 0; i < s.rank; ++i)
      if (i != axis) r.extent[r.rank++] = s[i];
    return r;
  }
  static constexpr result_type infer(graph& g, const int* in, const attributes& a) {
    const shape s = g[in[0]].dims;
    if (a.first < 0 || a.first >= a.second || a.second >= s.rank) {
      g.fail(problem::axis_out_of_range, path{name}, shape{a.first, a.second}, s);
      return {};
    }
    if (s[a.first] != s[a.second]) g.fail(problem::shared_axis_differs, path{name}, s, s);
    return {without(s, a.second), g[in[0]].batched};
  }
  /// dy on the diagonal, zeros beside it.
  static constexpr void backward(graph& g, int id, value dy, value* dx) {
    const attributes a = attributes_of<diagonal>(g[id]);
    const shape full = g[g[id].in[0]].dims;
    shape row = full;
    row.extent[a.second] = 1;
    const value here = math::iota(g, full, a.first) == math::iota(g, full, a.second);
    const value wide = math::expand(math::reshape(dy, row), full);
    dx[0] = math::select(here, wide, value{0.0});
  }
  static constexpr bool view(const shape& in, const shape&, const attributes& a, strided& s) {
    strided r{s.offset, s.batch, {}, s.iteration, s.inner};
    for (int i = 0, k = 0; i < in.rank; ++i)
      if (i != a.second) r.stride[k++] = s.stride[i] + (i == a.first ? s.stride[a.second] : 0);
    s = r;
    return true;
  }
};

namespace math {
/// Elements of x with equal indices along two axes; the first of them stays.
constexpr value diagonal(value x, int first = 0, int second = 1) {
  return apply_with<tapeless::diagonal>({first, second}, x);
}
}  // namespace math

}  // namespace tapeless
