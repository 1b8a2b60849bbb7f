#pragma once
// Reverse-mode differentiation: appends the gradient of one value to its graph. The only place that
// knows the chain rule. What it appends are ordinary nodes, so it can be applied again.

#include <tapeless/ops/add.hpp>
#include <tapeless/ops/expand.hpp>
#include <tapeless/ops/sum.hpp>

namespace tapeless {

/// What the gradient of a value that is the same for all samples is.
enum class gradient_of_shared : std::uint8_t {
  summed,      ///< the sum over the samples: for the loss of a batch
  per_sample,  ///< each sample's own: for gradients inside a declaration
};

namespace detail {

/// A gradient in the shape of the value it belongs to: summed over whatever was broadcast.
constexpr value fit_gradient(graph& g, value dx, value x, gradient_of_shared shared) {
  if (!dx.recorded()) dx = g.constant(dx.literal);
  if (dx.batched() && !x.batched() && shared == gradient_of_shared::summed) dx = sum_batch(dx);
  if (dx.dims() != x.dims()) {
    const broadcast_result b = broadcast(dx.dims(), x.dims());
    if (b.dims != x.dims())
      dx = reduce_to(dx, x.dims());
    else
      dx = math::expand(dx, x.dims());
  }
  if (!dx.batched() && x.batched()) dx = apply<spread>(dx);
  return dx;
}

}  // namespace detail

/// Gradients of the scalar `y` with respect to `count` values, written to `dy_dx`; a literal 0
/// where y does not depend on one.
///
/// Nodes that do not lie between a wanted value and y emit nothing: frozen branches cost nothing.
constexpr void differentiate(graph& g, value y, const value* wanted, int count, value* dy_dx,
                             gradient_of_shared shared = gradient_of_shared::summed) {
  const int last = y.id;
  int* const needed =
      new int[static_cast<std::size_t>(last) + 1]{};  // 1 where a wanted value flows in
  int* const adjoint = new int[static_cast<std::size_t>(last) + 1]{};  // node of dy/d(this) + 1
  for (int i = 0; i < count; ++i)
    if (wanted[i].id <= last) needed[wanted[i].id] = 1;
  for (int i = 0; i <= last; ++i)
    for (int k = 0; k < g[i].op->arity && needed[i] == 0; ++k)
      if (needed[g[i].in[k]] != 0 && g[i].op->differentiable) needed[i] = 1;

  adjoint[last] = detail::fit_gradient(g, value{1.0}, y, shared).id + 1;
  for (int i = last; i >= 0 && !g.failed(); --i) {
    if (adjoint[i] == 0 || needed[i] == 0 || g[i].op->arity == 0) continue;
    const node n = g[i];
    bool wants = false;
    for (int k = 0; k < n.op->arity; ++k) wants = wants || needed[n.in[k]] != 0;
    if (!wants || !n.op->differentiable) continue;
    value dx[max_operands];
    n.op->backward(g, i, value{g, adjoint[i] - 1}, dx);
    for (int k = 0; k < n.op->arity; ++k) {
      const int at = n.in[k];
      if (needed[at] == 0 || dx[k].is(0)) continue;
      const value d = detail::fit_gradient(g, dx[k], value{g, at}, shared);
      adjoint[at] = (adjoint[at] == 0 ? d : value{g, adjoint[at] - 1} + d).id + 1;
    }
  }
  for (int i = 0; i < count; ++i) {
    const int at = wanted[i].id;
    dy_dx[i] = at <= last && adjoint[at] != 0 ? value{g, adjoint[at] - 1} : value{0.0};
  }
  delete[] needed;
  delete[] adjoint;
}

/// dy/dx of a number y, which a value of more elements is not: one local gradient, or the gradient
/// of a whole formula; a constant 0 where y does not depend on x. As every operation of a
/// declaration it works on one sample: where y differs from sample to sample, so does the gradient,
/// also with respect to a parameter.
/// Errors: a constant as x is refused, for equal constants are one value and what is computed from
/// them is a constant again: y does not know of x.
constexpr value gradient(value y, value x) {
  if (!y.recorded() && !x.recorded()) return value{0.0};
  graph& g = x.recorded() ? *x.owner : *y.owner;
  if (g.failed()) return value{g, 0};
  if (!x.recorded() || g[x.id].op->kind == family::constant) {
    g.fail(problem::gradient_of_constant, path{"gradient"}, x.recorded() ? x.dims() : shape{});
    return value{g, 0};
  }
  if (!y.recorded()) return g.constant(0, x.dims(), x.batched());
  if (y.dims().count() != 1) {
    g.fail(problem::gradient_of_many_numbers, path{"gradient"}, y.dims(), shape{});
    return x;
  }
  value d;
  differentiate(g, y, &x, 1, &d, gradient_of_shared::per_sample);
  if (!d.recorded()) return g.constant(0, x.dims(), x.batched());
  return d;
}

}  // namespace tapeless
