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

/// Strides of one element of the first axis, which moves on from iteration to iteration.
constexpr void enter_first_axis(const shape& dims, int first, int step, strided& s) {
  s.offset += first * s.stride[0];
  s.iteration = step * s.stride[0];
  for (int i = 0; i + 1 < dims.rank; ++i) s.stride[i] = s.stride[i + 1];
  if (dims.rank > 0) s.stride[dims.rank - 1] = 0;
}

}  // namespace detail

/// Element first + t step of axis 0 of a value outside of the scan, in iteration t.
struct at_step : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "at_step";
  static constexpr family kind = family::view;
  struct attributes {
    int scan, trips;
    int first = 0, step = 1;
    bool keeps_all = false;  ///< nothing that the scan computes leaves its loop (tl::map)
  };

  static constexpr result_type infer(graph& g, const int* in, const attributes& a) {
    const node& x = g[in[0]];
    if (x.scan != 0) g.fail(problem::scan_inside_a_scan, path{name}, x.dims, x.dims);
    if (x.dims.rank == 0) g.fail(problem::axis_out_of_range, path{"scan"}, shape{0}, x.dims);
    return {detail::without_first(x.dims), x.batched, a.scan, a.trips};
  }
  static constexpr value simplify(graph& g, const int* in, const attributes&) {
    const node& x = g[in[0]];
    if (x.op->kind != family::constant) return {};
    return g.constant(number_of(x), detail::without_first(x.dims), x.batched);
  }
  static constexpr void backward(graph&, int, value, value*) {}  // transform/scan_gradient.hpp
  static constexpr bool view(const shape& in, const shape&, const attributes& a, strided& s) {
    detail::enter_first_axis(in, a.first, a.step, s);
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
  };

  static constexpr result_type infer(graph& g, const int* in, const attributes& a) {
    const node& x = g[in[0]];
    if (x.scan != 0) g.fail(problem::scan_inside_a_scan, path{name}, x.dims, x.dims);
    return {x.dims, x.batched, a.scan, a.trips};
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
  };

  static constexpr result_type infer(graph& g, const int* in, const attributes& a) {
    const node& x = g[in[0]];
    if (x.dims.rank == max_rank) g.fail(problem::axis_out_of_range, path{"scan"}, shape{0}, x.dims);
    if (x.scan != 0 && x.scan != a.scan) g.fail(problem::values_of_two_scans, path{"scan"}, x.dims);
    return {detail::with_first(a.trips, x.dims), x.batched, 0, 1};
  }
  /// What does not depend on the iteration is the same in all of them.
  static constexpr value simplify(graph& g, const int* in, const attributes& a) {
    if (g[in[0]].scan != 0) return {};
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
  };

  static constexpr result_type infer(graph& g, const int* in, const attributes& a) {
    const node &start = g[in[0]], &next = g[in[1]];
    if (next.dims != start.dims || next.batched != start.batched)
      g.fail(problem::carried_value_changes_shape, path{"scan"}, next.dims, start.dims);
    if ((next.scan != 0 && next.scan != a.scan) || start.scan != 0)
      g.fail(problem::values_of_two_scans, path{"scan"}, next.dims, start.dims);
    return {detail::with_first(a.trips + 1, start.dims), start.batched, 0, 1};
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

namespace detail {

/// Which element of the first axis an iteration stores, and how far the next one goes.
struct slots_of_scan {
  int operand, first, step;
};
constexpr slots_of_scan stored_slots(const node& n) {
  if (is<carried_history>(n.op)) return {1, 1, 1};
  const stacked_steps::attributes a = attributes_of<stacked_steps>(n);
  return {0, a.first, a.step};
}

/// Elements of the first axis of a value outside of scans.
constexpr value along_first(value x, int first, int step, int count) {
  if (x.dims()[0] == count && first == 0 && step == 1) return x;
  return apply_with<slice>({0, first, count, count == 1 ? 1 : step}, x);
}

}  // namespace detail

}  // namespace tapeless
