#pragma once
// Sums over axes and over the batch, and broadcasting: each is the gradient of the other.

#include <initializer_list>
#include <tapeless/ops/contract.hpp>
#include <tapeless/ops/mul.hpp>
#include <tapeless/ops/reshape.hpp>

namespace tapeless {

/// What reductions share: over which axes, and whether these stay with extent 1.
struct reduced_axes : operation_base {
  using operation_base::operation_base;
  static constexpr family kind = family::reduction;
  struct attributes {
    unsigned axes;       ///< one bit per axis
    bool keep = false;   ///< reduced axes stay with extent 1
    bool batch = false;  ///< reduces the batch too
  };

  static constexpr result_type infer(graph& g, const int* in, const attributes& a) {
    const shape s = g[in[0]].dims;
    if (a.axes >> s.rank != 0)
      g.fail(problem::axis_out_of_range, path{"reduction"}, shape{static_cast<int>(a.axes)}, s);
    shape r;
    for (int i = 0; i < s.rank; ++i) {
      const bool gone = (a.axes >> i & 1) != 0;
      if (!gone || a.keep) r.extent[r.rank++] = gone ? 1 : s[i];
    }
    return {r, g[in[0]].batched && !a.batch};
  }
  /// Shape of the operand with the reduced axes at extent 1.
  static constexpr shape kept(const shape& s, const attributes& a) {
    shape r = s;
    for (int i = 0; i < s.rank; ++i)
      if ((a.axes >> i & 1) != 0) r.extent[i] = 1;
    return r;
  }
  /// All axes of a shape.
  static constexpr unsigned all(const shape& s) { return (1u << s.rank) - 1; }
  /// One axis, counted from the last where it is negative; a bit beyond all axes, which `infer`
  /// refuses, for one that no shape has.
  static constexpr unsigned one(const shape& s, int axis) {
    if (axis < 0) axis += s.rank;
    return 1u << (axis >= 0 && axis < max_rank ? axis : max_rank);
  }
  /// Several axes.
  static constexpr unsigned some(const shape& s, std::initializer_list<int> axes) {
    unsigned bits = 0;
    for (const int axis : axes) bits |= one(s, axis);
    return bits;
  }
  /// A shape less some axes.
  static constexpr shape without(const shape& s, unsigned axes) {
    shape r;
    for (int i = 0; i < s.rank; ++i)
      if ((axes >> i & 1) == 0) r.extent[r.rank++] = s[i];
    return r;
  }
  /// Elements that become one.
  static constexpr int count(const shape& s, unsigned axes) {
    int n = 1;
    for (int i = 0; i < s.rank; ++i)
      if ((axes >> i & 1) != 0) n *= s[i];
    return n;
  }
};

/// The same value for every sample of the batch; its gradient sums over them.
struct spread : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "spread";
  static constexpr family kind = family::view;
  struct attributes {};

  static constexpr result_type infer(graph& g, const int* in, const attributes&) {
    return {g[in[0]].dims, true};
  }
  static constexpr value simplify(graph& g, const int* in, const attributes&) {
    return {g, in[0]};  // taken only where the operand differs from sample to sample already
  }
  static constexpr void backward(graph&, int, value dy, value* dx) { dx[0] = dy; }
  static constexpr bool view(const shape&, const shape&, const attributes&, strided& s) {
    s.batch = 0;
    return true;
  }
};

constexpr value expand_over(value dy, const shape& kept, const shape& full, bool batch);

/// y = sum of x over axes, and over the batch where asked.
struct sum : reduced_axes {
  using reduced_axes::reduced_axes;
  static constexpr const char* name = "sum";
  static constexpr reduction_kind reduces = reduction_kind::sum;

  /// Sums of constants, and over the batch of what is the same for every sample, are products. A
  /// contraction takes up a sum over the batch where both of its operands differ from sample to
  /// sample; else the sum goes to the one that does, which is less work: the gradient of a bias in
  /// front of W is W^T times the gradient of the bias behind it.
  static constexpr value simplify(graph& g, const int* in, const attributes& a) {
    const node n = g[in[0]];
    if (n.op->kind == family::constant) {
      const result_type type = infer(g, in, a);
      const double times =
          n.dims.count() / type.dims.count() * (a.batch && n.batched ? g.batch : 1);
      return g.constant(number_of(n) * times, type.dims, type.batched);
    }
    if (n.op->summed != nullptr && !a.keep)
      if (const value s = n.op->summed(g, in[0], a.axes, a.batch && n.batched); s.recorded())
        return s;
    if (a.axes != 0) {
      if (is<contract>(n.op) && !n.batched) return of_contraction(g, n, a);
      if (!is<sum>(n.op) || a.batch) return {};
      const attributes inner = attributes_of<sum>(n);  // over the batch alone: one sum over both
      if (inner.axes != 0 || !inner.batch) return {};
      return apply_with<sum>({a.axes, a.keep, true}, value{g, n.in[0]});
    }
    if (!a.batch || !n.batched) return {g, in[0]};
    if (is<spread>(n.op)) return value{g, n.in[0]} * value{static_cast<double>(g.batch)};
    if (is<contract>(n.op)) {
      contract::attributes c = attributes_of<contract>(n);
      value left{g, n.in[0]}, right{g, n.in[1]};
      const auto whole = [](value x) {
        return apply_with<sum>({.axes = 0, .keep = false, .batch = true}, x);
      };
      if (!right.batched()) return apply_with<contract>(c, whole(left), right);
      if (!left.batched()) return apply_with<contract>(c, left, whole(right));
      c.sum_batch = true;
      return apply_with<contract>(c, left, right);
    }
    return {};
  }

  /// The sum over axes of a contraction that is computed once for all samples: each operand is
  /// summed over labels that it alone has, before it is multiplied.
  static constexpr value of_contraction(graph& g, const node& n, const attributes& a) {
    const contract::attributes c = attributes_of<contract>(n);
    if (c.sum_batch) return {};
    axis_labels out;
    for (int i = 0; i < n.dims.rank; ++i)
      if ((a.axes >> i & 1) == 0) out.append(c.out[i]);
    const auto summed = [&](value x, axis_labels& own, const axis_labels& other) {
      unsigned lone = 0;
      axis_labels left;
      for (int i = 0; i < x.dims().rank; ++i)
        if (out.find(own[i]) < 0 && other.find(own[i]) < 0)
          lone |= 1u << i;
        else
          left.append(own[i]);
      own = left;
      if (lone == 0) return x;
      // With extents of 1 first, as reduce_to has it, so that equal sums are one node.
      return math::reshape(apply_with<sum>({.axes = lone, .keep = true}, x),
                           without(x.dims(), lone));
    };
    axis_labels left = c.left, right = c.right;
    const value x = summed(value{g, n.in[0]}, left, c.right);
    const value y = summed(value{g, n.in[1]}, right, c.left);
    const value s = apply_with<contract>({left, right, out}, x, y);
    return a.keep ? math::reshape(s, kept(n.dims, a)) : s;
  }
  static constexpr void backward(graph& g, int id, value dy, value* dx) {
    const node n = g[id];
    const attributes a = attributes_of<sum>(n);
    const shape full = g[n.in[0]].dims;
    dx[0] = expand_over(dy, kept(full, a), full, a.batch && g[n.in[0]].batched);
  }
};

/// Sum over the samples of a batch.
constexpr value sum_batch(value x) {
  return apply_with<sum>({.axes = 0, .keep = false, .batch = true}, x);
}

/// Sums x down to a shape that broadcasts to x's: the gradient of broadcasting.
constexpr value reduce_to(value x, const shape& dims) {
  const shape full = x.dims();
  if (full == dims) return x;
  unsigned bits = 0;
  for (int i = 1; i <= full.rank; ++i)
    if (i > dims.rank || (dims[dims.rank - i] == 1 && full[full.rank - i] != 1))
      bits |= 1u << (full.rank - i);
  const value s = bits == 0 ? x : apply_with<sum>({.axes = bits, .keep = true}, x);
  return math::reshape(s, dims);
}

namespace math {

/// Sum over all axes of a sample, over one, or over several: sum(x, {0, 2}). Negative axes count
/// from the last.
constexpr value sum(value x) {
  return apply_with<tapeless::sum>({.axes = reduced_axes::all(x.dims())}, x);
}
constexpr value sum(value x, int axis, bool keep = false) {
  return apply_with<tapeless::sum>({.axes = reduced_axes::one(x.dims(), axis), .keep = keep}, x);
}
constexpr value sum(value x, std::initializer_list<int> axes, bool keep = false) {
  return apply_with<tapeless::sum>({.axes = reduced_axes::some(x.dims(), axes), .keep = keep}, x);
}
/// Mean over all axes of a sample, over one, or over several.
constexpr value mean(value x) { return math::sum(x) * value{1.0 / x.dims().count()}; }
constexpr value mean(value x, std::initializer_list<int> axes, bool keep = false) {
  const value s = math::sum(x, axes, keep);
  const int n = reduced_axes::count(x.dims(), reduced_axes::some(x.dims(), axes));
  return x.owner->failed() ? x : s * value{1.0 / n};
}
constexpr value mean(value x, int axis, bool keep = false) { return math::mean(x, {axis}, keep); }

}  // namespace math

/// Repeats axes of extent 1, and adds axes in front.
struct expand : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "expand";
  static constexpr family kind = family::view;
  using attributes = shape_attributes;

  static constexpr result_type infer(graph& g, const int* in, const attributes& a) {
    const shape s = a.dims;
    const broadcast_result b = broadcast(g[in[0]].dims, s);
    if (!b.fits || b.dims != s)
      g.fail(problem::shapes_do_not_broadcast, path{name}, g[in[0]].dims, s);
    return {s, g[in[0]].batched};
  }
  static constexpr value simplify(graph& g, const int* in, const attributes&) {
    return {g, in[0]};  // taken only where the shape is the same
  }
  static constexpr void backward(graph& g, int id, value dy, value* dx) {
    dx[0] = reduce_to(dy, g[g[id].in[0]].dims);
  }
  static constexpr bool view(const shape& in, const shape& out, const attributes&, strided& s) {
    strided r{s.offset, s.batch, {}, s.iteration, s.inner};
    for (int i = 1; i <= in.rank; ++i)
      r.stride[out.rank - i] = in[in.rank - i] == 1 ? 0 : s.stride[in.rank - i];
    s = r;
    return true;
  }
};

namespace math {
/// x repeated to a shape, by numpy's rule.
constexpr value expand(value x, shape dims) { return apply_with<tapeless::expand>({dims}, x); }
}  // namespace math

constexpr value expand_over(value dy, const shape& kept, const shape& full, bool batch) {
  const value wide = math::expand(math::reshape(dy, kept), full);
  return batch ? apply<spread>(wide) : wide;
}

}  // namespace tapeless
