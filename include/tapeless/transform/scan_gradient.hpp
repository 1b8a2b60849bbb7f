#pragma once
// The gradient of a scan: a scan that walks back. In iteration s it works on what the scan it
// mirrors did in iteration trips - 1 - s. The values of that iteration are read from where they are
// stacked, or computed once more where the scan says so (`scan_rule::recomputed`).

#include <tapeless/ops/add.hpp>
#include <tapeless/ops/scan.hpp>

namespace tapeless::detail {

/// A loop around a node, and the one around that, 0 for none.
struct loop_around {
  int scan, trips, outer = 0, outer_trips = 0;
};
constexpr loop_around innermost_loop(const node& n) {
  if (n.inner == 0) return {n.scan, n.trips};
  return {n.inner, n.inner_trips, n.scan, n.trips};
}

/// A value of the mirrored scan, or of the scan around it, as the mirror reads it.
constexpr value read_in_mirror(graph& g, value v);

/// What differentiation knows of the scans of a graph.
class scan_gradients {
 public:
  /// `own` is the loop in whose body the gradient is recorded, 0 for none.
  constexpr scan_gradients(graph& graph, int own)
      : g{graph},
        nodes_{graph.count},
        own_{own},
        mirror_{new int[static_cast<std::size_t>(graph.scan_count) + 1]{}},
        open_{new int[static_cast<std::size_t>(graph.scan_count) + 1]{}},
        start_{new int[static_cast<std::size_t>(graph.count) + 1]{}},
        adjoint_{new int[static_cast<std::size_t>(graph.count) + 1]{}},
        recomputes_{new bool[static_cast<std::size_t>(graph.scan_count) + 1]{}},
        again_{new int[static_cast<std::size_t>(graph.count) + 1]{}} {
    for (int i = 0; i < nodes_ && g.scan_count > 0; ++i)
      if (g[i].scan != 0 && g[i].scan != own_ && g[i].inner == 0 && is<at_step>(g[i].op) &&
          attributes_of<at_step>(g[i]).rule == scan_rule::recomputed)
        recomputes_[g[i].scan] = true;
  }
  constexpr ~scan_gradients() {
    delete[] mirror_;
    delete[] open_;
    delete[] start_;
    delete[] adjoint_;
    delete[] recomputes_;
    delete[] again_;
  }
  scan_gradients(const scan_gradients&) = delete;
  scan_gradients& operator=(const scan_gradients&) = delete;

  /// The scan that mirrors a scan.
  constexpr int mirror_of(int scan) {
    if (mirror_[scan] == 0) mirror_[scan] = ++g.scan_count;
    return mirror_[scan];
  }

  /// The scan around the mirror of a scan.
  constexpr int outer_of_mirror(int outer) {
    return outer == 0 || outer == own_ ? outer : mirror_of(outer);
  }

  /// Whether the mirror of a scan computes the steps of the scan once more, instead of reading what
  /// they left.
  constexpr bool recomputes(int scan) const { return recomputes_[scan]; }
  /// A value of such a scan, or of a scan in its body, computed in the mirror.
  constexpr value again(value v) {
    if (again_[v.id] == 0) compute_again(g[v.id].scan);
    return {g, g.failed() ? 0 : again_[v.id] - 1};
  }

  /// Gradient of what was stacked, in the mirror.
  constexpr value unstacked(const node& n, value dy) {
    const stacked_steps::attributes a = attributes_of<stacked_steps>(n);
    return in_mirror({a.scan, a.trips, a.outer, a.outer_trips}, a.first + (a.trips - 1) * a.step,
                     -a.step, dy);
  }

  /// Gradient of a sequence from that of its elements.
  constexpr value sequence(const node& n, const shape& dims, value d) {
    const at_step::attributes a = attributes_of<at_step>(n);
    const value in_order = gathered({a.scan, a.trips, a.outer, a.outer_trips}, d);
    if (dims[0] == a.trips && a.first == 0 && a.step == 1) return in_order;
    return unsliced(in_order, {0, a.first, a.trips, a.trips == 1 ? 1 : a.step}, dims[0]);
  }

  /// Sum over the iterations: the gradient of a value from outside.
  constexpr value total(const loop_around& loop, value d) {
    if (!d.recorded() || innermost_scan(d.owner->nodes[d.id]) != mirror_of(loop.scan))
      return d * value{static_cast<double>(loop.trips)};
    return apply_with<sum>({.axes = 1u}, gathered(loop, d));
  }

  /// Opens the carried gradient of a carried value: what the iteration that follows in time says of
  /// it. The value has the gradient `of_history` too, if that is recorded; what is left of it there
  /// is that of all elements but the last.
  constexpr value open(const node& n, value& of_history) {
    const carried_history::attributes a = attributes_of<carried_history>(n);
    const int c = n.in[2];
    // The gradient of what is carried last is where the mirror starts. Gradients may differ from
    // sample to sample where the value does not.
    value start;
    if (of_history.recorded()) take_last(of_history, a.trips, start);
    if (!start.recorded()) start = g.constant(0, g[c].dims, true);
    if (!start.batched()) start = apply<spread>(start);
    if (!enters(start, a.outer)) return start;
    const value d = apply_with<carried>(
        {mirror_of(a.scan), a.trips, c, outer_of_mirror(a.outer), a.outer_trips}, start);
    start_[c] = d.id + 1;
    ++open_[a.scan];
    if (!of_history.recorded()) return d;
    return d + in_mirror({a.scan, a.trips, a.outer, a.outer_trips}, a.trips, -1, of_history);
  }
  constexpr bool is_open(int c) const { return c < nodes_ && start_[c] != 0; }

  /// Notes the gradient of a carried value. Once all of its scan are known, calls
  /// f(carried, gradient of its start) for each.
  template <class F>
  constexpr void close(int c, value d, F f) {
    const loop_around loop = innermost_loop(g[c]);
    if (!d.recorded()) d = g.constant(d.literal, g[c].dims, true);
    if (!d.batched()) d = apply<spread>(d);
    adjoint_[c] = d.id + 1;
    if (--open_[loop.scan] > 0) return;
    for (int i = nodes_ - 1; i >= 0; --i) {
      if (start_[i] == 0 || innermost_scan(g[i]) != loop.scan) continue;
      const value before{g, start_[i] - 1};
      const value start{g, g[before.id].in[0]};
      const value all = apply_with<carried_history>(
          {mirror_of(loop.scan), loop.trips, outer_of_mirror(loop.outer), loop.outer_trips}, start,
          value{g, adjoint_[i] - 1}, before);
      f(i, math::reshape(along_first(all, loop.trips, 1, 1), g[i].dims));
    }
  }

  /// While it lives, values of a scan are read by its mirror.
  struct mirroring {
    graph& g;
    constexpr mirroring(scan_gradients& scans, const loop_around& loop) : g{scans.g} {
      g.mirrored_scan = loop.scan;
      g.mirror_scan = scans.mirror_of(loop.scan);
      g.mirrored_outer = loop.outer == scans.own_ ? 0 : loop.outer;
      if (g.mirrored_outer != 0) g.mirror_outer = scans.mirror_of(loop.outer);
      g.scans = &scans;
      g.in_mirror = &read_in_mirror;
    }
    constexpr ~mirroring() { g.mirrored_scan = g.mirrored_outer = 0; }
    mirroring(const mirroring&) = delete;
    mirroring& operator=(const mirroring&) = delete;
  };

 private:
  /// Takes what a sum says of the last element of the first axis alone out of the sum: the rest,
  /// and the gradients that were taken out added to `last`.
  constexpr void take_last(value& sum, int element, value& last) {
    const node n = g[sum.id];
    if (is<add>(n.op)) {
      value a{g, n.in[0]}, b{g, n.in[1]};
      if (a.dims() != n.dims || b.dims() != n.dims || a.batched() != b.batched()) return;
      const value before = last;
      take_last(a, element, last);
      take_last(b, element, last);
      if (last.id == before.id && last.owner == before.owner) return;
      sum = a.recorded() && b.recorded() ? a + b : a.recorded() ? a : b;
    } else if (is<pad>(n.op)) {
      const pad::attributes p = attributes_of<pad>(n);
      if (p.axis != 0 || p.before != element || p.after != 0 || p.number != 0) return;
      const value own = math::reshape({g, n.in[0]}, without_first(n.dims));
      last = last.recorded() ? last + own : own;
      sum = value{};
    }
  }

  graph& g;
  int nodes_;
  int own_;
  int* mirror_;       // by scan
  int* open_;         // by scan: carried gradients that are not known yet
  int* start_;        // by carried value: the carried gradient + 1
  int* adjoint_;      // by carried value: its whole gradient + 1
  bool* recomputes_;  // by scan
  int* again_;        // by node of a scan that is recomputed: the same in the mirror + 1

  /// Records the body of a scan in its mirror once more. What the scan carries is read from where
  /// it was kept; scans in the body are scans in the body of the mirror.
  constexpr void compute_again(int scan) {
    const int mirror = mirror_of(scan), nodes = nodes_;
    int* const inner = new int[static_cast<std::size_t>(g.scan_count) + 1]{};
    for (int i = 0; i < nodes; ++i) {
      const node n = g[i];
      if (n.scan != scan) continue;
      const int body = scan_in_body(n);
      if (body != 0 && inner[body] == 0) inner[body] = ++g.scan_count;
      again_[i] = computed_again(i, n, mirror, body == 0 ? 0 : inner[body]).id + 1;
      if (g.failed()) break;
    }
    delete[] inner;
  }
  /// The scan in the body of another one that a node belongs to or gathers; 0 for none.
  static constexpr int scan_in_body(const node& n) {
    if (n.inner != 0) return n.inner;
    if (is<stacked_steps>(n.op)) return attributes_of<stacked_steps>(n).scan;
    if (is<carried_history>(n.op)) return attributes_of<carried_history>(n).scan;
    return 0;
  }
  constexpr value computed_again(int i, const node& n, int mirror, int inner) {
    if (n.inner == 0 && is<carried>(n.op)) {
      const value all = apply_with<stacked_steps>({n.scan, n.trips}, value{g, i});
      return apply_with<at_step>({mirror, n.trips, n.trips - 1, -1, scan_rule::stays}, all);
    }
    value in[max_operands];
    for (int k = 0; k < n.op->arity; ++k)
      in[k] = {g, g[n.in[k]].scan == n.scan ? again_[n.in[k]] - 1 : n.in[k]};
    const auto moved = [&](auto a) {
      a.scan = inner;
      a.outer = mirror;
      return g.add(n.op, in, pack(a));
    };
    if (is<at_step>(n.op)) {
      at_step::attributes a = attributes_of<at_step>(n);
      if (inner != 0) return moved(a);
      a.scan = mirror;
      a.first += (a.trips - 1) * a.step;
      a.step = -a.step;
      a.rule = scan_rule::stays;
      return g.add(n.op, in, pack(a));
    }
    if (is<carried>(n.op)) return moved(attributes_of<carried>(n));
    if (is<stacked_steps>(n.op)) return moved(attributes_of<stacked_steps>(n));
    if (is<carried_history>(n.op)) return moved(attributes_of<carried_history>(n));
    return g.add(n.op, in, n.attr);
  }

  /// A value of the mirror for all iterations, in the order of the mirrored scan.
  constexpr value gathered(const loop_around& loop, value d) {
    if (!d.recorded()) d = g.constant(d.literal);
    return apply_with<stacked_steps>({mirror_of(loop.scan), loop.trips, loop.trips - 1, -1,
                                      outer_of_mirror(loop.outer), loop.outer_trips},
                                     d);
  }
  /// A value as the mirror of a loop walks it.
  constexpr value in_mirror(const loop_around& loop, int first, int step, value v) {
    if (!enters(v, loop.outer)) return v;
    return apply_with<at_step>({mirror_of(loop.scan), loop.trips, first, step, scan_rule::leaves,
                                outer_of_mirror(loop.outer), loop.outer_trips},
                               v);
  }
  /// Whether a gradient may enter the mirror of a loop: one that is recorded in the body of a loop
  /// walks back through loops in that body alone.
  constexpr bool enters(value d, int outer) {
    if (g.failed()) return false;
    if (can_enter(g[d.id], outer_of_mirror(outer))) return true;
    g.fail(problem::gradient_of_other_steps, path{"gradient"}, d.dims());
    return false;
  }
};

constexpr value read_in_mirror(graph& g, value v) {
  const node n = g[v.id];
  const int scan = g.mirrored_scan, mirror = g.mirror_scan;
  g.mirrored_scan = 0;
  // Of two loops the outer one may be that in whose body the gradient is recorded: it is no mirror.
  const bool outer_too = n.scan == scan || n.scan == g.mirrored_outer;
  const bool again = outer_too && g.scans->recomputes(n.scan);
  const int outer = n.scan == scan ? mirror : outer_too ? g.mirror_outer : n.scan;
  value all = again ? g.scans->again(v) : v;
  const int inner = g[all.id].inner, around = g[all.id].scan;
  if (inner != 0)
    all = apply_with<stacked_steps>({inner, n.inner_trips, 0, 1, around, n.trips}, all);
  if (outer_too && !again) {
    all = apply_with<stacked_steps>({n.scan, n.trips}, all);
    all = apply_with<at_step>({outer, n.trips, n.trips - 1, -1}, all);
  }
  if (inner != 0)
    all = apply_with<at_step>(
        {mirror, n.inner_trips, n.inner_trips - 1, -1, scan_rule::leaves, outer, n.trips}, all);
  g.mirrored_scan = scan;
  return all;
}

}  // namespace tapeless::detail
