#pragma once
// The gradient of a scan: a scan that walks back. In iteration s it works on what the scan it
// mirrors did in iteration trips - 1 - s, whose values it reads from where these are stacked.

#include <tapeless/ops/add.hpp>
#include <tapeless/ops/scan.hpp>

namespace tapeless::detail {

/// A value of the mirrored scan as the mirror reads it.
constexpr value read_in_mirror(graph& g, value v) {
  const node n = g[v.id];
  const int scan = g.mirrored_scan, mirror = g.mirror_scan;
  g.mirrored_scan = 0;
  const value all = apply_with<stacked_steps>({scan, n.trips}, v);
  const value r = apply_with<at_step>({mirror, n.trips, n.trips - 1, -1}, all);
  g.mirrored_scan = scan;
  return r;
}

/// What differentiation knows of the scans of a graph.
class scan_gradients {
 public:
  constexpr explicit scan_gradients(graph& graph)
      : g{graph},
        nodes_{graph.count},
        mirror_{new int[static_cast<std::size_t>(graph.scan_count) + 1]{}},
        open_{new int[static_cast<std::size_t>(graph.scan_count) + 1]{}},
        start_{new int[static_cast<std::size_t>(graph.count) + 1]{}},
        adjoint_{new int[static_cast<std::size_t>(graph.count) + 1]{}} {}
  constexpr ~scan_gradients() {
    delete[] mirror_;
    delete[] open_;
    delete[] start_;
    delete[] adjoint_;
  }
  scan_gradients(const scan_gradients&) = delete;
  scan_gradients& operator=(const scan_gradients&) = delete;

  /// The scan that mirrors a scan.
  constexpr int mirror_of(int scan) {
    if (mirror_[scan] == 0) mirror_[scan] = ++g.scan_count;
    return mirror_[scan];
  }

  /// Gradient of what was stacked, in the mirror.
  constexpr value unstacked(const node& n, value dy) {
    const stacked_steps::attributes a = attributes_of<stacked_steps>(n);
    return apply_with<at_step>(
        {mirror_of(a.scan), a.trips, a.first + (a.trips - 1) * a.step, -a.step}, dy);
  }

  /// Gradient of a sequence from that of its elements.
  constexpr value sequence(const node& n, const shape& dims, value d) {
    const at_step::attributes a = attributes_of<at_step>(n);
    const value in_order = gathered(a.scan, a.trips, d);
    if (dims[0] == a.trips && a.first == 0 && a.step == 1) return in_order;
    return unsliced(in_order, {0, a.first, a.trips, a.trips == 1 ? 1 : a.step}, dims[0]);
  }

  /// Sum over the iterations: the gradient of a value from outside.
  constexpr value total(int scan, int trips, value d) {
    if (!d.recorded()) return d * value{static_cast<double>(trips)};
    if (d.owner->nodes[d.id].scan == 0) return d * value{static_cast<double>(trips)};
    return apply_with<sum>({.axes = 1u}, gathered(scan, trips, d));
  }

  /// Opens the carried gradient of a carried value: what the iteration that follows in time says of
  /// it. The value has the gradient `of_history` too, if that is recorded.
  constexpr value open(const node& n, value of_history) {
    const carried_history::attributes a = attributes_of<carried_history>(n);
    const int c = n.in[2];
    // The gradient of what is carried last is where the mirror starts. Gradients may differ from
    // sample to sample where the value does not.
    value start;
    if (of_history.recorded()) take_last(of_history, a.trips, start);
    if (!start.recorded()) start = g.constant(0, g[c].dims, true);
    if (!start.batched()) start = apply<spread>(start);
    const value d = apply_with<carried>({mirror_of(a.scan), a.trips, c}, start);
    start_[c] = d.id + 1;
    ++open_[a.scan];
    if (!of_history.recorded()) return d;
    return d + apply_with<at_step>({mirror_of(a.scan), a.trips, a.trips, -1}, of_history);
  }
  constexpr bool is_open(int c) const { return c < nodes_ && start_[c] != 0; }

  /// Notes the gradient of a carried value. Once all of its scan are known, calls
  /// f(carried, gradient of its start) for each.
  template <class F>
  constexpr void close(int c, value d, F f) {
    const int scan = g[c].scan;
    if (!d.recorded()) d = g.constant(d.literal, g[c].dims, true);
    if (!d.batched()) d = apply<spread>(d);
    adjoint_[c] = d.id + 1;
    if (--open_[scan] > 0) return;
    for (int i = nodes_ - 1; i >= 0; --i) {
      if (start_[i] == 0 || g[i].scan != scan) continue;
      const value before{g, start_[i] - 1};
      const value start{g, g[before.id].in[0]};
      const int trips = g[i].trips;
      const value all = apply_with<carried_history>({mirror_of(scan), trips}, start,
                                                    value{g, adjoint_[i] - 1}, before);
      f(i, math::reshape(along_first(all, trips, 1, 1), g[i].dims));
    }
  }

  /// While it lives, values of a scan are read by its mirror.
  struct mirroring {
    graph& g;
    constexpr mirroring(graph& graph, int scan, int mirror) : g{graph} {
      g.mirrored_scan = scan;
      g.mirror_scan = mirror;
      g.in_mirror = &read_in_mirror;
    }
    constexpr ~mirroring() { g.mirrored_scan = 0; }
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
  int* mirror_;   // by scan
  int* open_;     // by scan: carried gradients that are not known yet
  int* start_;    // by carried value: the carried gradient + 1
  int* adjoint_;  // by carried value: its whole gradient + 1

  /// A value of the mirror for all iterations, in the order of the mirrored scan.
  constexpr value gathered(int scan, int trips, value d) {
    if (!d.recorded()) d = g.constant(d.literal);
    return apply_with<stacked_steps>({mirror_of(scan), trips, trips - 1, -1}, d);
  }
};

}  // namespace tapeless::detail
