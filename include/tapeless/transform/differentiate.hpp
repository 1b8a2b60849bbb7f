#pragma once
// Reverse-mode differentiation: appends the gradient of one value to its graph. The only place that
// knows the chain rule. What it appends are ordinary nodes, so it can be applied again.

#include <tapeless/ops/add.hpp>
#include <tapeless/ops/concat.hpp>
#include <tapeless/ops/expand.hpp>
#include <tapeless/ops/sum.hpp>
#include <tapeless/transform/scan_gradient.hpp>

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

/// Reverse-mode differentiation of one value: what it needs to know of every node.
class adjoints {
 public:
  constexpr adjoints(graph& graph, value y, gradient_of_shared shared)
      : g{graph},
        last_{graph.scan_count > 0 ? graph.count - 1 : y.id},
        shared_{shared},
        own_scan_{graph[y.id].scan},
        own_inner_{graph[y.id].inner},
        needed_{new bool[static_cast<std::size_t>(last_) + 1]{}},
        used_{new bool[static_cast<std::size_t>(last_) + 1]{}},
        adjoint_{new int[static_cast<std::size_t>(last_) + 1]{}},
        scans_{graph, graph[y.id].scan} {
    used_[y.id] = true;
    adjoint_[y.id] = fit_gradient(g, value{1.0}, y, shared).id + 1;
  }
  constexpr ~adjoints() {
    delete[] needed_;
    delete[] used_;
    delete[] adjoint_;
  }
  adjoints(const adjoints&) = delete;
  adjoints& operator=(const adjoints&) = delete;

  constexpr void run(const value* wanted, int count) {
    for (int i = 0; i < count; ++i) {
      if (wanted[i].id > last_) continue;
      needed_[wanted[i].id] = true;
      const node& n = g[wanted[i].id];
      if (is_mirrored(n)) return fail_in_scan(n);
    }
    while (mark_needed()) {
    }
    if (g.failed()) return;
    if (g.scan_count > 0)
      while (mark_used()) {
      }
    for (int i = last_; i >= 0 && !g.failed(); --i) visit(i);
  }
  constexpr value of(value x) const {
    return x.id <= last_ && adjoint_[x.id] != 0 ? value{g, adjoint_[x.id] - 1} : value{0.0};
  }

 private:
  graph& g;
  int last_;
  gradient_of_shared shared_;
  int own_scan_;   // of y: then the gradient is one of a single step, in the same scan
  int own_inner_;  // ... and the scan inside of that one
  bool* needed_;  // a wanted value flows in
  bool* used_;    // y needs it; known where there are scans
  int* adjoint_;  // node of dy/d(this) + 1
  scan_gradients scans_;

  /// Marks nodes that a wanted value flows into, in one pass. Returns true if a carried value was
  /// marked: the carried value stands before the nodes that decide this, so another pass is needed.
  constexpr bool mark_needed() {
    bool again = false;
    for (int i = 0; i <= last_; ++i) {
      const node& n = g[i];
      if (enters(n) && !is_mirrored(n)) {
        if (needed_[n.in[0]]) fail_in_scan(n);
        continue;
      }
      for (int k = 0; k < n.op->arity && !needed_[i]; ++k)
        needed_[i] = needed_[n.in[k]] && n.op->differentiable;
      if (needed_[i] && is_history(n) && !needed_[n.in[2]]) again = needed_[n.in[2]] = true;
    }
    return again;
  }
  /// The same for what y needs: a carried value needs its history, which comes after the value.
  constexpr bool mark_used() {
    for (int i = last_; i >= 0; --i)
      for (int k = 0; k < g[i].op->arity && used_[i]; ++k) used_[g[i].in[k]] = true;
    bool again = false;
    for (int i = 0; i <= last_; ++i)
      if (is_history(g[i]) && used_[g[i].in[2]] && !used_[i]) again = used_[i] = true;
    return again;
  }
  static constexpr bool enters(const node& n) {
    return n.scan != 0 && (is<carried>(n.op) || is<at_step>(n.op));
  }
  /// Whether a node belongs to a loop that the gradient walks back through, rather than to one in
  /// whose body it is recorded.
  constexpr bool is_mirrored(const node& n) const {
    return n.scan != 0 && (n.scan != own_scan_ || (n.inner != 0 && n.inner != own_inner_));
  }
  constexpr void fail_in_scan(const node& n) {
    g.fail(problem::gradient_of_other_steps, path{"gradient"}, n.dims);
  }
  static constexpr bool is_history(const node& n) {
    return n.op->kind == family::join && is<carried_history>(n.op);
  }

  constexpr void add_to(int at, value d) {
    adjoint_[at] = (adjoint_[at] == 0 ? d : added(value{g, adjoint_[at] - 1}, d)).id + 1;
  }
  /// The sum of two gradients. Those of neighbouring slices are parts of one value: nothing is
  /// added to the zeros around them.
  constexpr value added(value a, value b) const {
    const node &x = g[a.id], &y = g[b.id];
    if (!is<pad>(x.op) || !is<pad>(y.op) || x.dims != y.dims || x.batched != y.batched)
      return a + b;
    const pad::attributes p = attributes_of<pad>(x), q = attributes_of<pad>(y);
    if (p.axis != q.axis || p.number != 0 || q.number != 0) return a + b;
    const value first{g, x.in[0]}, second{g, y.in[0]};
    const int n = first.dims()[p.axis], m = second.dims()[p.axis];
    if (p.before + n == q.before)
      return math::pad(math::concat(first, second, p.axis), p.axis, p.before, q.after);
    if (q.before + m == p.before)
      return math::pad(math::concat(second, first, p.axis), p.axis, q.before, p.after);
    return a + b;
  }
  constexpr value own(int i) const {
    return adjoint_[i] == 0 ? value{} : value{g, adjoint_[i] - 1};
  }

  constexpr void visit(int i) {
    if (!needed_[i] || (adjoint_[i] == 0 && g[i].scan == 0 && g[i].op->kind != family::join))
      return;
    const node n = g[i];
    if (n.scan == 0 && n.op->kind != family::join) return visit_plain(i, n);
    if (is_history(n)) {
      if (used_[i]) visit_history(i, n);
    } else if (n.op->kind == family::join && is<stacked_steps>(n.op)) {
      if (adjoint_[i] != 0 && needed_[n.in[0]]) add_to(n.in[0], scans_.unstacked(n, own(i)));
    } else if (!is_mirrored(n)) {
      if (!enters(n)) visit_plain(i, n);
    } else if (is<carried>(n.op)) {
      visit_carried(i);
    } else if (is<at_step>(n.op)) {
      if (adjoint_[i] != 0)
        add_behind(n.in[0], scans_.sequence(n, g[n.in[0]].dims, own(i)), loop_behind(n));
    } else {
      const typename scan_gradients::mirroring on{scans_, innermost_loop(n)};
      visit_plain(i, n);
    }
  }

  constexpr void visit_history(int i, const node& n) {
    value rest = own(i);
    const value next = scans_.open(n, rest);
    if (needed_[n.in[0]] && rest.recorded())
      add_behind(n.in[0], math::reshape(along_first(rest, 0, 1, 1), g[n.in[0]].dims),
                 loop_behind(g[n.in[2]]));
    if (needed_[n.in[1]]) add_behind(n.in[1], next, innermost_loop(g[n.in[2]]));
  }
  constexpr void visit_carried(int i) {
    if (!scans_.is_open(i)) return;
    scans_.close(i, adjoint_[i] == 0 ? value{0.0} : own(i), [&](int c, value start) {
      const int at = g[c].in[0];
      if (needed_[at])
        add_behind(at, fit_gradient(g, start, value{g, at}, shared_), loop_behind(g[c]));
    });
  }

  /// The loop around the loop of a node, without a scan where there is none.
  static constexpr loop_around loop_behind(const node& n) {
    const loop_around own = innermost_loop(n);
    return {own.outer, own.outer_trips};
  }
  /// A gradient from the mirror of a loop: of a value of that loop as it is, of a value from
  /// outside the sum over all iterations, those of the loop around it included.
  constexpr void add_behind(int at, value d, loop_around loop) {
    while (loop.scan != 0 && loop.scan != own_scan_ && innermost_scan(g[at]) != loop.scan) {
      d = scans_.total(loop, d);
      loop = {loop.outer, loop.outer_trips};
    }
    add_to(at, d);
  }

  constexpr void visit_plain(int i, const node& n) {
    if (adjoint_[i] == 0 || n.op->arity == 0 || !n.op->differentiable) return;
    bool wants = false;
    for (int k = 0; k < n.op->arity; ++k) wants = wants || needed_[n.in[k]];
    if (!wants) return;
    value dx[max_operands];
    n.op->backward(g, i, own(i), dx);
    for (int k = 0; k < n.op->arity; ++k) {
      const int at = n.in[k];
      if (!needed_[at] || dx[k].is(0)) continue;
      value d = dx[k];
      const bool mirrored = is_mirrored(n);
      if (mirrored && d.recorded() && g.is_mirrored(g[d.id])) d = read_in_mirror(g, d);
      d = fit_gradient(g, d, value{g, at}, shared_);
      if (!mirrored) {
        add_to(at, d);
        continue;
      }
      const int scan = g.mirrored_scan;
      g.mirrored_scan = 0;
      add_behind(at, d, innermost_loop(n));
      g.mirrored_scan = scan;
    }
  }
};

}  // namespace detail

/// Gradients of the scalar `y` with respect to `count` values, written to `dy_dx`; a literal 0
/// where y does not depend on one.
///
/// Nodes that do not lie between a wanted value and y emit nothing: frozen branches cost nothing.
constexpr void differentiate(graph& g, value y, const value* wanted, int count, value* dy_dx,
                             gradient_of_shared shared = gradient_of_shared::summed) {
  detail::adjoints d{g, y, shared};
  d.run(wanted, count);
  for (int i = 0; i < count; ++i) dy_dx[i] = d.of(wanted[i]);
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
