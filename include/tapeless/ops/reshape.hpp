#pragma once
// The same elements in another shape.

#include <tapeless/graph/symbolic.hpp>

namespace tapeless {

/// Attributes of operations that say what shape comes out.
struct shape_attributes {
  shape dims;

  template <class Attributes, class F>
  static constexpr void each(Attributes& a, F f) {
    f(a.dims);
  }
};

/// Row-major reinterpretation.
struct reshape : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "reshape";
  static constexpr family kind = family::view;
  using attributes = shape_attributes;

  static constexpr result_type infer(graph& g, const int* in, const attributes& a) {
    if (a.dims.count() != g[in[0]].dims.count())
      g.fail(problem::reshape_changes_count, path{name}, g[in[0]].dims, a.dims);
    return {a.dims, g[in[0]].batched};
  }
  static constexpr value simplify(graph& g, const int* in, const attributes& a) {
    if (is<reshape>(g[in[0]].op)) return apply_with<reshape>(a, value{g, g[in[0]].in[0]});
    return {g, in[0]};  // taken only where the shape is the same
  }
  static constexpr void backward(graph& g, int id, value dy, value* dx) {
    dx[0] = apply_with<reshape>({g[g[id].in[0]].dims}, dy);
  }
  /// Possible without a copy where each group of axes that split or merge is evenly spaced.
  static constexpr bool view(const shape& in, const shape& out, const attributes&, strided& s) {
    strided r{s.offset, s.batch, {}, s.iteration, s.inner};
    int i = in.rank - 1, o = out.rank - 1;
    while (i >= 0 || o >= 0) {
      while (i >= 0 && in[i] == 1) --i;
      while (o >= 0 && out[o] == 1) --o;
      if (i < 0 || o < 0) break;
      const int step = s.stride[i];
      int have = in[i], want = out[o], reach = step;
      r.stride[o] = reach;
      while (have != want) {
        if (have < want) {
          if (i == 0 || s.stride[i - 1] != step * have) return false;
          have *= in[--i];
        } else {
          if (o == 0) return false;
          reach = step * want;
          want *= out[--o];
          r.stride[o] = reach;
        }
      }
      --i;
      --o;
    }
    s = r;
    return true;
  }
};

namespace math {
/// The elements of x, row-major, in another shape of the same count.
constexpr value reshape(value x, shape dims) { return apply_with<tapeless::reshape>({dims}, x); }
/// All elements of x in one axis.
constexpr value flatten(value x) { return math::reshape(x, shape{x.dims().count()}); }
}  // namespace math

}  // namespace tapeless
