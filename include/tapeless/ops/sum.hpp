#pragma once
// Sums over axes and over the batch, and broadcasting: each is the gradient of the other.

#include <tapeless/ops/mul.hpp>
#include <tapeless/ops/reshape.hpp>

namespace tapeless {

/// Axes of a reduction. Attributes: index 0 the axes as bits, index 1 keeps them with extent 1,
/// index 2 reduces the batch too, index 3 is 0 for a sum, 1 for a maximum, and 2 for a maximum that
/// need not see NaN.
struct reduced_axes {
  static constexpr attributes of(int bits, bool keep, bool batch = false, int maximum = 0) {
    attributes a;
    a.index[0] = bits;
    a.index[1] = keep;
    a.index[2] = batch;
    a.index[3] = maximum;
    return a;
  }
  static constexpr result_type infer(graph& g, const int* in, attributes& attr) {
    const shape s = g[in[0]].dims;
    if (attr.index[0] >> s.rank != 0)
      g.fail(problem::axis_out_of_range, path{"reduction"}, shape{attr.index[0]}, s);
    shape r;
    for (int i = 0; i < s.rank; ++i) {
      const bool gone = (attr.index[0] >> i & 1) != 0;
      if (!gone || attr.index[1] != 0) r.extent[r.rank++] = gone ? 1 : s[i];
    }
    return {r, g[in[0]].batched && attr.index[2] == 0};
  }
  /// Shape of the operand with the reduced axes at extent 1.
  static constexpr shape kept(const shape& s, const attributes& attr) {
    shape r = s;
    for (int i = 0; i < s.rank; ++i)
      if ((attr.index[0] >> i & 1) != 0) r.extent[i] = 1;
    return r;
  }
};

constexpr value expand_over(value dy, const shape& kept, const shape& full, bool batch);

/// y = sum of x over axes, and over the batch where asked.
struct sum : reduced_axes {
  static constexpr const char* name = "sum";
  static constexpr family kind = family::reduction;

  /// Sums of constants, and over the batch of what is the same for every sample, are products.
  static constexpr value simplify(graph& g, const int* in, const attributes& attr) {
    const node& n = g[in[0]];
    if (n.op->kind == family::constant) {
      attributes a = attr;
      const result_type type = infer(g, in, a);
      const double times = n.dims.count() / type.dims.count() * (attr.index[2] != 0 ? g.batch : 1);
      return g.constant(n.attr.number * times, type.dims, type.batched);
    }
    if (attr.index[0] != 0) return {};
    if (attr.index[2] == 0) return {g, in[0]};
    const bool spread_here = n.op->name[0] == 's' && n.op->name[1] == 'p' && n.op->name[2] == 'r';
    return spread_here ? value{g, n.in[0]} * value{static_cast<double>(g.batch)} : value{};
  }
  static constexpr void backward(graph& g, int id, value dy, value* dx) {
    const shape full = g[g[id].in[0]].dims;
    dx[0] = expand_over(dy, kept(full, g[id].attr), full, g[id].attr.index[2] != 0);
  }
};

/// Sum over the samples of a batch.
constexpr value sum_batch(value x) { return apply_with<sum>(reduced_axes::of(0, false, true), x); }

/// Sums x down to a shape that broadcasts to x's: the gradient of broadcasting.
constexpr value reduce_to(value x, const shape& dims) {
  const shape full = x.dims();
  if (full == dims) return x;
  int bits = 0;
  for (int i = 1; i <= full.rank; ++i)
    if (i > dims.rank || (dims[dims.rank - i] == 1 && full[full.rank - i] != 1))
      bits |= 1 << (full.rank - i);
  const value s = bits == 0 ? x : apply_with<sum>(reduced_axes::of(bits, true), x);
  return math::reshape(s, dims);
}

namespace math {

/// Sum over all axes of a sample, or over one.
constexpr value sum(value x) {
  return apply_with<tapeless::sum>(reduced_axes::of((1 << x.dims().rank) - 1, false), x);
}
constexpr value sum(value x, int axis, bool keep = false) {
  return apply_with<tapeless::sum>(reduced_axes::of(1 << axis, keep), x);
}
/// Mean over all axes of a sample, or over one.
constexpr value mean(value x) { return math::sum(x) * value{1.0 / x.dims().count()}; }
constexpr value mean(value x, int axis, bool keep = false) {
  return math::sum(x, axis, keep) * value{1.0 / x.dims()[axis]};
}

}  // namespace math

/// Repeats axes of extent 1, and adds axes in front. Attributes as those of reshape.
struct expand {
  static constexpr const char* name = "expand";
  static constexpr family kind = family::view;

  static constexpr result_type infer(graph& g, const int* in, attributes& attr) {
    const shape s = reshape::target(attr);
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
    strided r{s.offset, s.batch, {}};
    for (int i = 1; i <= in.rank; ++i)
      r.stride[out.rank - i] = in[in.rank - i] == 1 ? 0 : s.stride[in.rank - i];
    s = r;
    return true;
  }
};

/// The same value for every sample of the batch; its gradient sums over them.
struct spread {
  static constexpr const char* name = "spread";
  static constexpr family kind = family::view;

  static constexpr result_type infer(graph& g, const int* in, attributes&) {
    return {g[in[0]].dims, true};
  }
  static constexpr void backward(graph&, int, value dy, value* dx) { dx[0] = sum_batch(dy); }
  static constexpr bool view(const shape&, const shape&, const attributes&, strided& s) {
    s.batch = 0;
    return true;
  }
};

namespace math {
/// x repeated to a shape, by numpy's rule.
constexpr value expand(value x, shape dims) {
  return apply_with<tapeless::expand>(tapeless::reshape::to(dims), x);
}
}  // namespace math

constexpr value expand_over(value dy, const shape& kept, const shape& full, bool batch) {
  const value wide = math::expand(math::reshape(dy, kept), full);
  return batch ? apply<spread>(wide) : wide;
}

}  // namespace tapeless
