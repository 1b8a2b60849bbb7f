#pragma once
// What a scan is made of. A scan is a loop over the steps of a sequence whose body is recorded, and
// compiled, once: nodes that depend on the step belong to the scan (`node::scan`) and stand for one
// value per iteration. Values enter a scan by `at_step` and `carried`, and leave it by
// `stacked_steps` and `carried_history`. What people write is `tl::scan` (ops/scan.hpp).

#include <tapeless/ops/slice.hpp>
#include <tapeless/ops/sum.hpp>

namespace tapeless {

namespace detail {

/// A shape without its first axis, and with one more in front.
constexpr shape without_first(const shape& s) {
  shape r;
  for (int i = 1; i < s.rank; ++i) r.extent[r.rank++] = s[i];
  return r;
}
constexpr shape with_first(int extent, const shape& s) {
  shape r{extent};
  for (int i = 0; i < s.rank; ++i) r.extent[r.rank++] = s[i];
  return r;
}

/// The same value for every element of a new first axis.
constexpr value repeated(value x, int count) {
  return math::expand(math::reshape(x, with_first(1, x.dims())), with_first(count, x.dims()));
}

/// Strides of one element of the first axis, which moves on from iteration to iteration of a scan,
/// or of a scan inside of a scan.
constexpr void enter_first_axis(const shape& dims, int first, int step, bool inside, strided& s) {
  s.offset += first * s.stride[0];
  (inside ? s.inner : s.iteration) = step * s.stride[0];
  for (int i = 0; i + 1 < dims.rank; ++i) s.stride[i] = s.stride[i + 1];
  if (dims.rank > 0) s.stride[dims.rank - 1] = 0;
}

/// What belongs to a scan, which may stand in the body of another one (`outer`).
constexpr result_type in_scan(const shape& dims, bool batched, int scan, int trips, int outer,
                              int outer_trips) {
  if (outer == 0) return {dims, batched, scan, trips};
  return {dims, batched, outer, outer_trips, scan, trips};
}
/// What leaves it.
constexpr result_type behind_scan(const shape& dims, bool batched, int outer, int outer_trips) {
  return {dims, batched, outer, outer == 0 ? 1 : outer_trips};
}
/// Whether a value may enter a scan: it belongs to no loop, or to the one around the scan.
constexpr bool can_enter(const node& x, int outer) {
  return x.scan == 0 || (x.scan == outer && x.inner == 0);
}

}  // namespace detail

/// What becomes of the nodes of a scan that need not be computed step by step.
enum class scan_rule : std::uint8_t {
  leaves,      ///< they leave the loop (transform/hoist.hpp)
  stays,       ///< they stay in the loop (tl::map)
  recomputed,  ///< they stay, and a gradient computes the steps once more instead of keeping them
};

/// Element first + t step of axis 0 of a value outside of the scan, in iteration t.
struct at_step : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "at_step";
  static constexpr family kind = family::view;
  struct attributes {
    int scan, trips;
    int first = 0, step = 1;
    scan_rule rule = scan_rule::leaves;  ///< of the scan: one of its at_step nodes says so for all
    int outer = 0, outer_trips = 0;  ///< the scan in whose body the scan stands, 0 for none
  };

  static constexpr result_type infer(graph& g, const int* in, const attributes& a) {
    const node& x = g[in[0]];
    if (!detail::can_enter(x, a.outer))
      g.fail(problem::values_of_two_scans, path{"scan"}, x.dims, x.dims);
    if (x.dims.rank == 0) g.fail(problem::axis_out_of_range, path{"scan"}, shape{0}, x.dims);
    return detail::in_scan(detail::without_first(x.dims), x.batched, a.scan, a.trips, a.outer,
                           a.outer_trips);
  }
  static constexpr value simplify(graph& g, const int* in, const attributes&) {
    const node& x = g[in[0]];
    if (x.op->kind != family::constant) return {};
    return g.constant(number_of(x), detail::without_first(x.dims), x.batched);
  }
  static constexpr void backward(graph&, int, value, value*) {}  // transform/scan_gradient.hpp
  static constexpr bool view(const shape& in, const shape&, const attributes& a, strided& s) {
    detail::enter_first_axis(in, a.first, a.step, a.outer != 0, s);
    return true;
  }
};

/// A value that is carried from one iteration to the next: the operand in the first one, then what
/// the `carried_history` of the value says. The index tells carried values of one start apart.
struct carried : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "carried";
  static constexpr family kind = family::view;
  struct attributes {
    int scan, trips, index;
    int outer = 0, outer_trips = 0;
  };

  static constexpr result_type infer(graph& g, const int* in, const attributes& a) {
    const node& x = g[in[0]];
    if (!detail::can_enter(x, a.outer))
      g.fail(problem::values_of_two_scans, path{"scan"}, x.dims, x.dims);
    return detail::in_scan(x.dims, x.batched, a.scan, a.trips, a.outer, a.outer_trips);
  }
  static constexpr void backward(graph&, int, value, value*) {}
  /// Where it really lies is decided with its history (plan/layout.hpp).
  static constexpr bool view(const shape&, const shape&, const attributes&, strided&) {
    return true;
  }
};

/// What a value of the scan was in each iteration: element first + t step of axis 0 is that of
/// iteration t. The operand is stored there from the start.
struct stacked_steps : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "stacked_steps";
  static constexpr family kind = family::join;
  struct attributes {
    int scan, trips;
    int first = 0, step = 1;
    int outer = 0, outer_trips = 0;
  };

  static constexpr result_type infer(graph& g, const int* in, const attributes& a) {
    const node& x = g[in[0]];
    if (x.dims.rank == max_rank) g.fail(problem::axis_out_of_range, path{"scan"}, shape{0}, x.dims);
    if (innermost_scan(x) != a.scan && !detail::can_enter(x, a.outer))
      g.fail(problem::values_of_two_scans, path{"scan"}, x.dims);
    return detail::behind_scan(detail::with_first(a.trips, x.dims), x.batched, a.outer,
                               a.outer_trips);
  }
  /// What does not depend on the iteration is the same in all of them.
  static constexpr value simplify(graph& g, const int* in, const attributes& a) {
    if (innermost_scan(g[in[0]]) == a.scan) return {};
    return detail::repeated(value{g, in[0]}, a.trips);
  }
  static constexpr void backward(graph&, int, value, value*) {}
  static constexpr join_layout join(const shape*, const attributes& a) {
    join_layout l{0};
    l.part[l.count++] = {0, a.step < 0 ? a.first - (a.trips - 1) : a.first, a.trips, 1};
    return l;
  }
};

/// All that a carried value was: its start, then the value after each iteration. Operands: the
/// start, what the body makes of the value, the `carried` node.
struct carried_history : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "carried_history";
  static constexpr family kind = family::join;
  static constexpr int arity = 3;
  struct attributes {
    int scan, trips;
    int outer = 0, outer_trips = 0;
  };

  static constexpr result_type infer(graph& g, const int* in, const attributes& a) {
    const node &start = g[in[0]], &next = g[in[1]];
    if (next.dims != start.dims || next.batched != start.batched)
      g.fail(problem::carried_value_changes_shape, path{"scan"}, next.dims, start.dims);
    if ((innermost_scan(next) != a.scan && !detail::can_enter(next, a.outer)) ||
        !detail::can_enter(start, a.outer))
      g.fail(problem::values_of_two_scans, path{"scan"}, next.dims, start.dims);
    return detail::behind_scan(detail::with_first(a.trips + 1, start.dims), start.batched, a.outer,
                               a.outer_trips);
  }
  static constexpr void backward(graph&, int, value, value*) {}
  static constexpr join_layout join(const shape* in, const attributes& a) {
    (void)in;
    join_layout l{0};
    l.part[l.count++] = {0, 0, 1, 1};
    l.part[l.count++] = {1, 1, a.trips, 1};
    return l;
  }
};

/// Whether a node gathers what a scan computed.
constexpr bool leaves_a_scan(const node& n) {
  return is<stacked_steps>(n.op) || is<carried_history>(n.op);
}
/// Whether a node is part of a scan in the body of another one, or gathers what it computed.
constexpr bool belongs_to_inner_scan(const node& n) {
  return n.inner != 0 || (n.scan != 0 && leaves_a_scan(n));
}

namespace detail {

/// Which element of the first axis an iteration stores, how far the next one goes, and whether the
/// iterations are those of a scan inside of a scan.
struct slots_of_scan {
  int operand, first, step;
  int scan;
  bool inside;
};
constexpr slots_of_scan stored_slots(const node& n) {
  if (is<carried_history>(n.op)) {
    const carried_history::attributes a = attributes_of<carried_history>(n);
    return {1, 1, 1, a.scan, a.outer != 0};
  }
  const stacked_steps::attributes a = attributes_of<stacked_steps>(n);
  return {0, a.first, a.step, a.scan, a.outer != 0};
}

/// Elements of the first axis of a value outside of scans.
constexpr value along_first(value x, int first, int step, int count) {
  if (x.dims()[0] == count && first == 0 && step == 1) return x;
  return apply_with<slice>({0, first, count, count == 1 ? 1 : step}, x);
}

}  // namespace detail

}  // namespace tapeless
