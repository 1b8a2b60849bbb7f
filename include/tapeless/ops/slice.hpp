#pragma once
// A range of one axis, and padding with zeros: each is the other's gradient.

#include <tapeless/graph/symbolic.hpp>

namespace tapeless {

/// Elements begin to begin + size - 1 of an axis.
struct slice {
  static constexpr const char* name = "slice";
  static constexpr family kind = family::view;
  struct attributes {
    int axis, begin, size;
  };

  static constexpr result_type infer(graph& g, const int* in, const attributes& a) {
    shape s = g[in[0]].dims;
    if (a.axis < 0 || a.axis >= s.rank || a.begin < 0 || a.size < 1 ||
        a.begin > s[a.axis] - a.size) {
      g.fail(problem::slice_out_of_range, path{name}, shape{a.begin, a.size}, s);
      return {};
    }
    s.extent[a.axis] = a.size;
    return {s, g[in[0]].batched};
  }
  static constexpr value simplify(graph& g, const int* in, const attributes&) {
    return {g, in[0]};  // taken only where the shape is the same
  }
  static constexpr void backward(graph& g, int id, value dy, value* dx);
  static constexpr bool view(const shape&, const shape&, const attributes& a, strided& s) {
    s.offset += a.begin * s.stride[a.axis];
    return true;
  }
};

/// Zeros before and after the elements of an axis.
struct pad {
  static constexpr const char* name = "pad";
  static constexpr family kind = family::join;
  struct attributes {
    int axis, before, after;
  };

  static constexpr result_type infer(graph& g, const int* in, const attributes& a) {
    shape s = g[in[0]].dims;
    if (a.axis < 0 || a.axis >= s.rank || a.before < 0 || a.after < 0) {
      g.fail(problem::axis_out_of_range, path{name}, shape{a.axis}, s);
      return {};
    }
    s.extent[a.axis] += a.before + a.after;
    return {s, g[in[0]].batched};
  }
  static constexpr value simplify(graph& g, const int* in, const attributes&) {
    return {g, in[0]};  // taken only where the shape is the same
  }
  static constexpr void backward(graph& g, int id, value dy, value* dx) {
    const attributes a = attributes_of<pad>(g[id]);
    dx[0] = apply_with<slice>({a.axis, a.before, g[g[id].in[0]].dims[a.axis]}, dy);
  }
  static constexpr join_layout join(const shape* in, const attributes& a) {
    join_layout l{a.axis};
    l.add(-1, a.before);
    l.add(0, in[0][a.axis]);
    l.add(-1, a.after);
    return l;
  }
};

constexpr void slice::backward(graph& g, int id, value dy, value* dx) {
  const attributes a = attributes_of<slice>(g[id]);
  const int after = g[g[id].in[0]].dims[a.axis] - a.begin - a.size;
  dx[0] = apply_with<pad>({a.axis, a.begin, after}, dy);
}

namespace math {
/// Elements begin to begin + size - 1 of an axis.
constexpr value slice(value x, int axis, int begin, int size) {
  return apply_with<tapeless::slice>({axis, begin, size}, x);
}
/// x between zeros, `before` of them in front of an axis and `after` behind.
constexpr value pad(value x, int axis, int before, int after) {
  return apply_with<tapeless::pad>({axis, before, after}, x);
}
}  // namespace math

}  // namespace tapeless
