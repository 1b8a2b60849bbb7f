#pragma once
// The gradient of windows: the sum of what overlaps, gathered.

#include <tapeless/ops/add.hpp>
#include <tapeless/ops/contract.hpp>
#include <tapeless/ops/expand.hpp>
#include <tapeless/ops/interleave.hpp>
#include <tapeless/ops/iota.hpp>
#include <tapeless/ops/mul.hpp>
#include <tapeless/ops/select.hpp>
#include <tapeless/ops/sum.hpp>
#include <tapeless/ops/taps.hpp>

namespace tapeless {

namespace detail {

/// Zeros before and after an axis, put around the storage that windows over other axes see: the
/// padded value is one, not one per tap.
constexpr value padded_below_taps(value x, int axis, int before, int after) {
  if (before == 0 && after == 0) return x;
  const node n = x.owner->nodes[x.id];
  if (!is<taps>(n.op)) return math::pad(x, axis, before, after);
  const taps::attributes a = attributes_of<taps>(n);
  if (axis == a.axis || axis == a.axis + 1) return math::pad(x, axis, before, after);
  const value source{*x.owner, n.in[0]};
  return apply_with<taps>(
      a, padded_below_taps(source, axis > a.axis ? axis - 1 : axis, before, after));
}

/// Which elements of windows come from one element of their axis: element q of a residue class is
/// in position q + offset - m slope at tap first + m step, for the m that are left of `count`.
struct tap_walk {
  int axis, rows, count;
  int offset, slope, first, step;
};

/// The sum over windows: element i of an axis of that extent is the sum of dy over all positions
/// and taps that read element i. Gathered: one nest per residue of i modulo the stride, without
/// zeros between and without a scatter.
class sum_over_windows {
 public:
  constexpr sum_over_windows(graph& graph, const taps::attributes& a, int extent)
      : g_{graph}, window_{a}, extent_{extent} {
    if (window_.dilation < 0) {  // the same windows with their taps in reverse order
      window_.begin += (window_.count - 1) * window_.dilation;
      window_.dilation = -window_.dilation;
      reversed_ = true;
    }
  }

  constexpr value of(value dy) const {
    if (g_.failed()) return dy;
    const int classes = window_.stride < extent_ ? window_.stride : extent_;
    value* const parts = new value[static_cast<std::size_t>(classes)];
    for (int r = 0; r < classes; ++r) {
      tap_walk w{};
      parts[r] = walk_of(r, w) ? total(dy, w)
                               : g_.constant(0, target(dy.dims(), w), dy.batched());
    }
    const value dx = g_.failed() ? dy : interleaved(parts, classes, window_.axis);
    delete[] parts;
    return dx;
  }

 private:
  graph& g_;
  taps::attributes window_;
  int extent_;
  bool reversed_ = false;

  static constexpr int greatest_divisor(int a, int b) {
    while (b != 0) {
      const int rest = a % b;
      a = b;
      b = rest;
    }
    return a;
  }

  /// The walk of elements i with i % stride == r; false where no tap reads such an element.
  constexpr bool walk_of(int r, tap_walk& w) const {
    const int stride = window_.stride, dilation = window_.dilation;
    const int divisor = greatest_divisor(stride, dilation);
    const int period = stride / divisor;  // taps from one to the next of the same class
    w.axis = window_.axis;
    w.rows = (extent_ - r + stride - 1) / stride;
    int first = 0;
    while (first < period && (r - window_.begin - first * dilation) % stride != 0) ++first;
    if (first == period || first >= window_.count) return false;
    w.count = (window_.count - first + period - 1) / period;
    w.offset = (r - window_.begin - first * dilation) / stride;
    w.slope = dilation / divisor;
    w.first = reversed_ ? window_.count - 1 - first : first;
    w.step = reversed_ ? -period : period;
    if (w.count == 1) w.step = 1;
    return true;
  }

  /// Shape of the sum from that of dy.
  static constexpr shape target(const shape& full, const tap_walk& w) {
    shape s = without(full, w.axis + 1);
    s.extent[w.axis] = w.rows;
    return s;
  }
  /// A shape less one axis.
  static constexpr shape without(const shape& s, int axis) {
    return reduced_axes::without(s, 1u << axis);
  }

  /// The sum of one residue class. Sums, contractions and joins are passed, so that the class is
  /// one nest over small operands; windows of anything else are stored and sheared.
  constexpr value total(value dy, const tap_walk& w) const {
    const node n = g_[dy.id];
    if (is<contract>(n.op))
      if (const value v = of_contraction(n, w); v.recorded()) return v;
    if (is<add>(n.op)) {
      const value a{g_, n.in[0]}, b{g_, n.in[1]};
      if (a.dims() == n.dims && b.dims() == n.dims && a.batched() == b.batched())
        return total(a, w) + total(b, w);
    }
    if (n.op->kind == family::join)
      if (const value v = of_join(n, w); v.recorded()) return v;
    if (is<sum>(n.op))
      if (const value v = of_sum(n, w); v.recorded()) return v;
    const value each = with_zeros(dy, w, n.dims.rank);
    return math::expand(math::sum(each, w.axis + 1), target(n.dims, w));
  }

  /// Positions that are one factor's alone and taps that are the other's alone: windows of the one
  /// over the taps of the other.
  constexpr value of_contraction(const node& n, const tap_walk& w) const {
    const contract::attributes at = attributes_of<contract>(n);
    const int position = at.out[w.axis], tap = at.out[w.axis + 1];
    const bool left = at.left.find(position) >= 0 && at.left.find(tap) < 0 &&
                      at.right.find(tap) >= 0 && at.right.find(position) < 0;
    const bool right = at.right.find(position) >= 0 && at.right.find(tap) < 0 &&
                       at.left.find(tap) >= 0 && at.left.find(position) < 0;
    if (at.sum_batch || left == right) return {};
    const value p{g_, n.in[left ? 0 : 1]}, q{g_, n.in[left ? 1 : 0]};
    const axis_labels of_p = left ? at.left : at.right, of_q = left ? at.right : at.left;
    if (p.dims().rank == max_rank) return {};
    const value windows = shifted(p, of_p.find(position), w);
    const value weights =
        apply_with<slice>({of_q.find(tap), w.first, w.count, w.step}, q);
    axis_labels windowed, out;
    for (int i = 0; i < of_p.rank(); ++i) {
      windowed.append(of_p[i]);
      if (of_p[i] == position) windowed.append(tap);
    }
    for (int i = 0; i < at.out.rank(); ++i)
      if (at.out[i] != tap) out.append(at.out[i]);
    return left ? apply_with<contract>({windowed, of_q, out}, windows, weights)
                : apply_with<contract>({of_q, windowed, out}, weights, windows);
  }

  /// A join along another axis is the join of its parts' sums.
  constexpr value of_join(const node& n, const tap_walk& w) const {
    shape dims[max_operands];
    for (int k = 0; k < n.op->arity; ++k) dims[k] = g_[n.in[k]].dims;
    const join_layout l = n.op->join(dims, n.attr);
    const bool known = is<interleave<2>>(n.op) || is<interleave<3>>(n.op) || is<concat>(n.op) ||
                       (is<pad>(n.op) && l.number == 0);
    if (!known || l.axis == w.axis || l.axis == w.axis + 1) return {};
    for (int k = 0; k < n.op->arity; ++k)
      if (g_[n.in[k]].batched != n.batched) return {};
    const int axis = l.axis - (l.axis > w.axis);
    value part[max_operands];
    for (int k = 0; k < n.op->arity; ++k) part[k] = total(value{g_, n.in[k]}, w);
    if (is<interleave<2>>(n.op)) return apply_with<interleave<2>>({axis}, part[0], part[1]);
    if (is<interleave<3>>(n.op))
      return apply_with<interleave<3>>({axis}, part[0], part[1], part[2]);
    if (is<concat>(n.op)) return apply_with<concat>({axis}, part[0], part[1]);
    pad::attributes a = attributes_of<pad>(n);
    a.axis = axis;
    return apply_with<pad>(a, part[0]);
  }

  /// A sum over other axes and over the taps is one sum.
  constexpr value of_sum(const node& n, tap_walk w) const {
    const sum::attributes a = attributes_of<sum>(n);
    const value x{g_, n.in[0]};
    if (a.keep || a.batch || a.axes == 0) return {};
    int axis = -1;  // of the positions in x
    for (int i = 0, left = w.axis + 1; left > 0; ++i)
      if ((a.axes >> i & 1) == 0) {
        --left;
        axis = i;
      }
    if ((a.axes >> (axis + 1) & 1) != 0) return {};  // the taps lie no longer beside the positions
    const shape goal = target(n.dims, w);
    w.axis = axis;
    const value each = with_zeros(x, w, x.dims().rank);
    return math::expand(apply_with<sum>({.axes = a.axes | 1u << (axis + 1)}, each), goal);
  }

  /// Positions that a walk reads in front of an axis and behind.
  struct border {
    int before, after;
    constexpr border(const tap_walk& w, int positions) : before{0}, after{0} {
      const int low = w.offset - (w.count - 1) * w.slope, high = w.rows - 1 + w.offset;
      if (low < 0) before = -low;
      if (high >= positions) after = high - positions + 1;
    }
  };
  /// p, whose `axis` are positions, with an axis of taps behind; zeros outside.
  static constexpr value shifted(value p, int axis, const tap_walk& w) {
    const border b(w, p.dims()[axis]);
    return apply_with<taps>({axis, w.rows, w.count, b.before + w.offset, 1, -w.slope},
                            padded_below_taps(p, axis, b.before, b.after));
  }

  /// A value of that rank at the walk's positions and taps, as two axes; zeros where a position is
  /// outside. Axes of extent 1 may be left for others to broadcast.
  constexpr value with_zeros(value v, const tap_walk& w, int rank) const {
    value dy = with_rank(recorded(v), rank);
    const node n = g_[dy.id];
    if (is<select>(n.op) && value{g_, n.in[2]}.is(0)) {
      const value when = with_rank(value{g_, n.in[0]}, rank);
      return math::select(anywhere(when, w), with_zeros(value{g_, n.in[1]}, w, rank), value{0.0});
    }
    if (is<expand>(n.op)) {
      const value narrow = with_rank(value{g_, n.in[0]}, rank);
      if (narrow.dims()[w.axis + 1] == 1) dy = narrow;
    }
    if (n.op->kind == family::constant) {
      shape one;
      one.rank = rank;
      for (int i = 0; i < rank; ++i) one.extent[i] = i == w.axis ? window_.positions : 1;
      dy = g_.constant(number_of(n), one, n.batched);
    }
    shape s = dy.dims();
    if (s[w.axis + 1] == 1) {  // the same for all taps
      s.extent[w.axis] = window_.positions;
      return shifted(math::reshape(math::expand(dy, s), without(s, w.axis + 1)), w.axis, w);
    }
    if (s[w.axis] == 1 && window_.positions > 1) {
      s.extent[w.axis] = window_.positions;
      dy = math::expand(dy, s);
    }
    const border b(w, s[w.axis]);
    return apply_with<shear>(
        {w.axis, w.rows, w.count, b.before + w.offset, -w.slope, w.first, w.step},
        apply_with<pad>({w.axis, b.before, b.after}, dy));
  }

  /// The same where what stands outside does not matter.
  constexpr value anywhere(value v, const tap_walk& w) const {
    if (!v.recorded()) return v;
    const node n = g_[v.id];
    if (n.op->kind == family::constant) return value{number_of(n)};
    const shape s = n.dims;
    if (s[w.axis] == 1 && s[w.axis + 1] == 1) return v;
    if (is<iota>(n.op)) {
      iota::attributes a = attributes_of<iota>(n);
      if (a.axis == w.axis) return with_zeros(v, w, s.rank);
      a.dims.extent[w.axis] = 1;
      a.dims.extent[w.axis + 1] = w.count;
      const value k = g_.add(&description<iota>, nullptr, pack(a));
      if (a.axis != w.axis + 1) return k;
      return k * value{static_cast<double>(w.step)} + value{static_cast<double>(w.first)};
    }
    if (n.op->kind == family::elementwise) {
      value in[max_operands];
      for (int k = 0; k < n.op->arity; ++k)
        in[k] = recorded(anywhere(with_rank(value{g_, n.in[k]}, s.rank), w));
      return g_.add(n.op, in, n.attr);
    }
    if (s[w.axis] == 1)
      return apply_with<slice>({w.axis + 1, w.first, w.count, w.step}, v);
    return with_zeros(v, w, s.rank);
  }
  constexpr value recorded(value v) const { return v.recorded() ? v : g_.constant(v.literal); }

  /// v with axes of extent 1 in front; a constant as it is.
  static constexpr value with_rank(value v, int rank) {
    if (!v.recorded() || v.owner->nodes[v.id].op->kind == family::constant) return v;
    const shape s = v.dims();
    if (s.rank == rank) return v;
    shape r;
    r.rank = rank;
    for (int i = 0; i < rank; ++i) r.extent[i] = i < rank - s.rank ? 1 : s[i - (rank - s.rank)];
    return math::reshape(v, r);
  }
};

}  // namespace detail

constexpr void taps::backward(graph& g, int id, value dy, value* dx) {
  const attributes a = attributes_of<taps>(g[id]);
  dx[0] = detail::sum_over_windows{g, a, g[g[id].in[0]].dims[a.axis]}.of(dy);
}

}  // namespace tapeless
