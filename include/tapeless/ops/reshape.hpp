#pragma once
// The same elements in another shape.

#include <tapeless/graph/symbolic.hpp>

namespace tapeless {

/// Row-major reinterpretation. Attributes: index 0 to 3 the extents, index 4 the rank.
struct reshape {
  static constexpr const char* name = "reshape";
  static constexpr family kind = family::view;

  static constexpr attributes to(const shape& s) {
    attributes a;
    for (int i = 0; i < s.rank; ++i) a.index[i] = s.extent[i];
    a.index[4] = s.rank;
    return a;
  }
  static constexpr shape target(const attributes& a) {
    shape s;
    s.rank = a.index[4];
    for (int i = 0; i < s.rank; ++i) s.extent[i] = a.index[i];
    return s;
  }
  static constexpr result_type infer(graph& g, const int* in, attributes& attr) {
    const shape s = target(attr);
    if (s.count() != g[in[0]].dims.count())
      g.fail(problem::reshape_changes_count, path{name}, g[in[0]].dims, s);
    return {s, g[in[0]].batched};
  }
  static constexpr value simplify(graph& g, const int* in, const attributes& attr) {
    if (is<reshape>(g[in[0]].op)) return apply_with<reshape>(attr, value{g, g[in[0]].in[0]});
    return {g, in[0]};  // taken only where the shape is the same
  }
  static constexpr void backward(graph& g, int id, value dy, value* dx) {
    dx[0] = apply_with<reshape>(to(g[g[id].in[0]].dims), dy);
  }
  /// Possible without a copy where each group of axes that split or merge is evenly spaced.
  static constexpr bool view(const shape& in, const shape& out, const attributes&, strided& s) {
    strided r{s.offset, s.batch, {}};
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
constexpr value reshape(value x, shape dims) {
  return apply_with<tapeless::reshape>(tapeless::reshape::to(dims), x);
}
/// All elements of x in one axis.
constexpr value flatten(value x) { return math::reshape(x, shape{x.dims().count()}); }
}  // namespace math

}  // namespace tapeless
