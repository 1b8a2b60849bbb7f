#pragma once
// Values less their mean, divided by their standard deviation.

#include <tapeless/ops/add.hpp>
#include <tapeless/ops/div.hpp>
#include <tapeless/ops/mul.hpp>
#include <tapeless/ops/sqrt.hpp>
#include <tapeless/ops/square.hpp>
#include <tapeless/ops/sub.hpp>
#include <tapeless/ops/sum.hpp>

namespace tapeless {

/// y = (x - mean) / sqrt(variance + epsilon) over axes, and over the batch where asked. The second
/// operand is the share of a sample in the mean of the batch, 1 where the batch is not asked for.
/// Composite, with a gradient of its own: two sums and one pass, where the chain rule would take
/// four sums.
struct standardized : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "standardized";
  static constexpr family kind = family::composite;
  static constexpr int arity = 2;
  struct attributes {
    unsigned axes;
    bool batch;
    double epsilon;
  };

  static constexpr result_type infer(graph& g, const int* in, const attributes& a) {
    const shape s = g[in[0]].dims;
    if (a.axes >> s.rank != 0)
      g.fail(problem::axis_out_of_range, path{name}, shape{static_cast<int>(a.axes)}, s);
    return {s, g[in[0]].batched};
  }

  /// Mean over the axes, which stay with extent 1, and over the batch.
  static constexpr value mean(value x, value share, const attributes& a) {
    const double n = reduced_axes::count(x.dims(), a.axes);
    const value part = a.batch ? x * share : x;
    return apply_with<sum>({.axes = a.axes, .keep = true, .batch = a.batch}, part) * value{1 / n};
  }
  static constexpr value variance(value x, value share, const attributes& a) {
    return mean(math::square(x - mean(x, share, a)), share, a);
  }
  static constexpr value deviation(value x, value share, const attributes& a) {
    return math::sqrt(variance(x, share, a) + value{a.epsilon});
  }

  static constexpr value decompose(graph&, const value* in, const attributes& a) {
    const value distance = in[0] - mean(in[0], in[1], a);
    return distance * (value{1.0} / deviation(in[0], in[1], a));
  }
  /// dy less its mean and less its part along y, divided by the deviation. A factor of dy that is
  /// one number wherever a mean is taken, as a weight per channel is, multiplies the whole: then
  /// the two sums are the gradients of weight and bias, and no value of its own is dy.
  static constexpr void backward(graph& g, int id, value dy, value* dx) {
    const node n = g[id];
    const attributes a = attributes_of<standardized>(n);
    const value x{g, n.in[0]}, share{g, n.in[1]}, y{g, id};
    // The gradient of a sample without share is 0, and a sample's own is not its share of it.
    const double count = reduced_axes::count(x.dims(), a.axes);
    const auto mean_of = [&](value v) {
      const value s = apply_with<sum>({.axes = a.axes, .keep = true, .batch = a.batch}, v);
      return s * value{1 / count};
    };
    const value part = a.batch ? share : value{1.0};
    const value factor = common_factor(dy, a);
    const value across = mean_of(dy), along = mean_of(dy * y);
    dx[0] = (dy - (across + y * along) * part) * (factor / deviation(x, share, a));
    dx[1] = value{0.0};
  }
  /// Takes a factor out of a product that is the same along the axes, and 1 where there is none.
  static constexpr value common_factor(value& product, const attributes& a) {
    if (!product.recorded()) return value{1.0};
    graph& g = *product.owner;
    const node n = g[product.id];
    for (int k = 0; k < 2 && is<mul>(n.op); ++k) {
      const value rest{g, n.in[1 - k]}, factor{g, n.in[k]};
      const shape own = factor.dims();
      bool same =
          rest.dims() == n.dims && rest.batched() == n.batched && !(a.batch && factor.batched());
      for (int i = 0; i < own.rank; ++i)
        same = same && (own[i] == 1 || (a.axes >> (i + n.dims.rank - own.rank) & 1) == 0);
      if (!same) continue;
      product = rest;
      return factor;
    }
    return value{1.0};
  }
};

}  // namespace tapeless
