#pragma once
// The loops of a step, and along which axes of operands and result each runs.

#include <tapeless/ops/contract.hpp>
#include <tapeless/ops/sum.hpp>
#include <tapeless/plan/program.hpp>

namespace tapeless::detail {

inline constexpr int batch_axis = max_rank;

constexpr int stride_along(const strided& s, int axis) {
  return axis < 0 ? 0 : axis == batch_axis ? s.batch : s.stride[axis];
}

/// Axis of the first and second operand of a reduction, and of the result, that a loop runs along.
struct loop_axes {
  int extent = 1, first = -1, second = -1, result = -1;
};

/// Whose axes the accesses of a part of the code follow.
enum class walker : std::uint8_t { first_operand, second_operand, result };

/// The loops of one step while the step is emitted.
struct loop_list {
  loop_axes loop[max_loops] = {};
  int count = 0, parallel = 0;

  constexpr void add(int extent, int first, int second, int result) {
    loop[count++] = {extent, first, second, result};
    if (result >= 0) parallel = count;
  }
  /// By falling keys within the loops over results and within the others.
  constexpr void sort(const int* key) {
    int order[max_loops] = {};
    for (int i = 0; i < count; ++i) {
      int k = i;
      for (; k > (i < parallel ? 0 : parallel) && key[order[k - 1]] < key[i]; --k)
        order[k] = order[k - 1];
      order[k] = i;
    }
    const loop_list before = *this;
    for (int i = 0; i < count; ++i) loop[i] = before.loop[order[i]];
  }
  constexpr int axis(int i, walker w) const {
    return w == walker::result           ? loop[i].result
           : w == walker::second_operand ? loop[i].second
                                         : loop[i].first;
  }
};

/// The loops of an elementwise step over values of that shape, in the order in which the result
/// lies.
constexpr loop_list loops_of_elements(const shape& dims, bool batched, int batch,
                                      const strided& result) {
  loop_list l;
  if (batched) l.add(batch, -1, -1, batch_axis);
  for (int i = 0; i < dims.rank; ++i) l.add(dims[i], -1, -1, i);
  if (dims.rank < (batched ? 2 : 3)) return l;
  int key[max_loops] = {};
  for (int i = 0; i < l.count; ++i)
    key[i] = l.loop[i].result == batch_axis ? 1 << 30 : result.stride[l.loop[i].result];
  l.sort(key);
  return l;
}

constexpr loop_list loops_of_contraction(const node& n, const node& left, const node& right,
                                         int batch) {
  const contract::attributes at = attributes_of<contract>(n);
  const bool over_batch = left.batched || right.batched;
  const int first = left.batched ? batch_axis : -1, second = right.batched ? batch_axis : -1;
  loop_list l;
  if (over_batch && n.batched) l.add(batch, first, second, batch_axis);
  for (int i = 0; i < n.dims.rank; ++i)
    l.add(n.dims[i], at.left.find(at.out[i]), at.right.find(at.out[i]), i);
  if (over_batch && !n.batched) l.add(batch, first, second, -1);
  for (int i = 0; i < left.dims.rank; ++i)
    if (at.out.find(at.left[i]) < 0) l.add(left.dims[i], i, at.right.find(at.left[i]), -1);
  return l;
}

constexpr loop_list loops_of_reduction(const node& n, const node& x, int batch) {
  const auto a = unpack<reduced_axes::attributes>(n.attr);
  loop_list l;
  if (x.batched && !a.batch) l.add(batch, batch_axis, -1, batch_axis);
  for (int i = 0, k = 0; i < x.dims.rank; ++i) {
    const bool gone = (a.axes >> i & 1) != 0;
    if (!gone) l.add(x.dims[i], i, -1, k);
    if (!gone || a.keep) ++k;
  }
  if (x.batched && a.batch) l.add(batch, batch_axis, -1, -1);
  for (int i = 0; i < x.dims.rank; ++i)
    if ((a.axes >> i & 1) != 0) l.add(x.dims[i], i, -1, -1);
  return l;
}

}  // namespace tapeless::detail
