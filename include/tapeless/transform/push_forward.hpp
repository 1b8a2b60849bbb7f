#pragma once
// Forward-mode differentiation: appends the derivative of values along a direction. There are no
// rules of its own for it: each node's tangent follows from what the node's operation says of
// itself already, so that operations of users have forward mode too.
//   - Linear operations (views, joins, sums) and products are applied to the tangents.
//   - The Jacobian of an elementwise operation is diagonal, hence its own transpose: its `backward`
//     with the operand's tangent in place of dy is the tangent of the result.
//   - For everything else `backward` is transposed: it is linear in dy, and the gradient of
//     <backward(u), tangent of the operand> with respect to u is the tangent of the result.

#include <tapeless/transform/differentiate.hpp>

namespace tapeless {

namespace detail {

/// Tangents of the nodes of a graph.
class tangents {
 public:
  constexpr tangents(graph& graph_of_nodes, int last)
      : g{graph_of_nodes}, tangent_{new int[static_cast<std::size_t>(last) + 1]{}} {}
  constexpr ~tangents() { delete[] tangent_; }
  tangents(const tangents&) = delete;
  tangents& operator=(const tangents&) = delete;

  constexpr bool is_zero(int id) const { return tangent_[id] == 0; }
  /// The tangent of a node, zeros where it has none.
  constexpr value of(int id) const {
    if (!is_zero(id)) return {g, tangent_[id] - 1};
    return g.constant(0, g[id].dims, g[id].batched);
  }
  /// Sets the tangent of a node, in the shape of the node.
  constexpr void set(int id, value t) {
    if (g.failed() || t.is(0)) return;
    if (!t.recorded()) t = g.constant(t.literal);
    if (t.dims() != g[id].dims) t = math::expand(t, g[id].dims);
    if (!t.batched() && g[id].batched) t = apply<spread>(t);
    tangent_[id] = t.id + 1;
  }

  /// Computes the tangent of a node from those of its operands.
  constexpr void push(int id) {
    const node n = g[id];
    if (n.scan != 0 && is<carried>(n.op)) return push_carried(id, n);
    if (n.op->kind == family::join && is<carried_history>(n.op)) return push_history(id, n);
    bool moves = false;
    for (int k = 0; k < n.op->arity; ++k) moves = moves || !is_zero(n.in[k]);
    if (!moves || !n.op->differentiable) return;
    switch (n.op->kind) {
      case family::elementwise:
        return push_elementwise(id, n);
      case family::contraction:
        return push_product(id, n);
      case family::view:
      case family::join:
        return push_linear(id, n);
      case family::reduction:
        return n.op->reduces == reduction_kind::sum ? push_linear(id, n) : push_transposed(id, n);
      case family::rows:
        return push_rows(id, n);
      default:
        return push_transposed(id, n);
    }
  }

 private:
  graph& g;
  int* tangent_;  // by node: node of its tangent + 1

  constexpr void add_to(value& sum, value t) const { sum = sum.is(0) ? t : sum + t; }

  constexpr void push_linear(int id, const node& n) {
    value in[max_operands];
    for (int k = 0; k < n.op->arity; ++k) in[k] = of(n.in[k]);
    set(id, g.add(n.op, in, n.attr));
  }

  /// What a scan carries has a tangent that the scan carries too: later steps may move it even where
  /// the start does not move. A direction may differ from sample to sample where the value does not.
  constexpr void push_carried(int id, const node& n) {
    value start = of(n.in[0]);
    if (!start.batched()) start = apply<spread>(start);
    carried::attributes a = attributes_of<carried>(n);
    a.index = tangents_from + id;
    set(id, apply_with<carried>(a, start));
  }
  constexpr void push_history(int id, const node& n) {
    const value before = of(n.in[2]);
    value next = of(n.in[1]);
    if (!next.batched()) next = apply<spread>(next);
    set(id, apply_with<carried_history>(attributes_of<carried_history>(n),
                                        value{g, g[before.id].in[0]}, next, before));
  }
  static constexpr int tangents_from = 1 << 20;  ///< indices of carried tangents

  /// Linear in what the rows are taken from; which rows, an index says that has no tangent.
  constexpr void push_rows(int id, const node& n) {
    if (is_zero(n.in[0])) return;
    const value in[] = {of(n.in[0]), {g, n.in[1]}};
    set(id, g.add(n.op, in, n.attr));
  }

  constexpr void push_product(int id, const node& n) {
    value sum{0.0};
    for (int k = 0; k < 2; ++k) {
      if (is_zero(n.in[k])) continue;
      const value in[] = {k == 0 ? of(n.in[0]) : value{g, n.in[0]},
                          k == 1 ? of(n.in[1]) : value{g, n.in[1]}};
      add_to(sum, g.add(n.op, in, n.attr));
    }
    set(id, sum);
  }

  constexpr void push_elementwise(int id, const node& n) {
    value sum{0.0};
    for (int k = 0; k < n.op->arity && !g.failed(); ++k) {
      if (is_zero(n.in[k])) continue;
      value t = of(n.in[k]), dx[max_operands];
      if (t.dims() != n.dims) t = math::expand(t, n.dims);
      n.op->backward(g, id, t, dx);
      if (g.failed() || dx[k].is(0)) continue;
      add_to(sum, dx[k]);
    }
    set(id, sum);
  }

  constexpr void push_transposed(int id, const node& n) {
    bool batched = n.batched;
    for (int k = 0; k < n.op->arity; ++k)
      batched = batched || (!is_zero(n.in[k]) && of(n.in[k]).batched());
    // A leaf of no tensor: the result does not depend on u, and what does is pruned.
    const value u =
        g.intern({&tensor_leaf, {-1, -1, -1}, n.dims, batched, pack(tensor_attributes{-1})});
    value dx[max_operands];
    n.op->backward(g, id, u, dx);
    value sum{0.0};
    for (int k = 0; k < n.op->arity && !g.failed(); ++k) {
      if (is_zero(n.in[k]) || dx[k].is(0)) continue;
      const value d = fit_gradient(g, dx[k], value{g, n.in[k]}, gradient_of_shared::per_sample);
      add_to(sum, math::sum(d * of(n.in[k])));
    }
    if (g.failed() || sum.is(0)) return;
    // Where samples may meet, in statistics of a batch, the form is one number for all of them.
    // Where only directions differ, each has a number of its own.
    bool of_samples = false;
    for (int k = 0; k < n.op->arity; ++k) of_samples = of_samples || g[n.in[k]].batched;
    if (of_samples) sum = sum_batch(sum.batched() ? sum : apply<spread>(sum));
    value t;
    differentiate(g, sum, &u, 1, &t,
                  of_samples ? gradient_of_shared::summed : gradient_of_shared::per_sample);
    set(id, t);
  }
};

}  // namespace detail

/// Derivatives of `count` values along a direction: `towards[i]` is the change of `from[i]`, for
/// `from_count` values on which the others depend. Writes to `tangent` what each value changes by,
/// a literal 0 where it does not depend on any of them. A direction may be batched where its value
/// is not; so are the tangents then, one per direction.
///
/// Nodes that do not lie between the values emit nothing.
constexpr void push_forward(graph& g, const value* from, const value* towards, int from_count,
                            const value* values, int count, value* tangent) {
  int last = 0;
  for (int i = 0; i < count; ++i)
    if (values[i].recorded() && values[i].id > last) last = values[i].id;
  if (g.scan_count > 0) last = g.count - 1;
  bool* const needed = new bool[static_cast<std::size_t>(last) + 1]{};
  for (int i = 0; i < count; ++i)
    if (values[i].recorded()) needed[values[i].id] = true;
  for (bool again = true; again;) {
    for (int i = last; i >= 0; --i)
      for (int k = 0; k < g[i].op->arity && needed[i]; ++k) needed[g[i].in[k]] = true;
    again = false;  // a carried value needs its history, which comes after the value
    for (int i = 0; i <= last && g.scan_count > 0; ++i)
      if (is<carried_history>(g[i].op) && needed[g[i].in[2]] && !needed[i])
        again = needed[i] = true;
  }
  {
    detail::tangents t{g, last};
    for (int i = 0; i < from_count; ++i)
      if (from[i].id <= last) t.set(from[i].id, towards[i]);
    for (int i = 0; i <= last && !g.failed(); ++i)
      if (needed[i] && t.is_zero(i)) t.push(i);
    for (int i = 0; i < count; ++i)
      tangent[i] =
          values[i].recorded() && !t.is_zero(values[i].id) ? t.of(values[i].id) : value{0.0};
  }
  delete[] needed;
}

}  // namespace tapeless
