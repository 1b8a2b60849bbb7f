#pragma once
// Values whose elements take turns along an axis.

#include <tapeless/ops/shapes.hpp>

namespace tapeless {

/// y[i] = operand i % Count, element i / Count, along an axis; the first operands are longer by one
/// where the extent is no multiple of Count.
template <int Count>
struct interleave : operation_base {
  static_assert(Count == 2 || Count == 3);
  using operation_base::operation_base;
  static constexpr const char* name = "interleave";
  static constexpr family kind = family::join;
  static constexpr int arity = Count;
  struct attributes {
    int axis;
  };

  static constexpr result_type infer(graph& g, const int* in, const attributes& a) {
    shape s = g[in[0]].dims;
    result_type r{s, false};
    if (a.axis < 0 || a.axis >= s.rank) {
      g.fail(problem::axis_out_of_range, path{name}, shape{a.axis}, s);
      return {};
    }
    int extent = 0;
    for (int k = 0; k < Count; ++k) {
      extent += g[in[k]].dims[a.axis];
      r.batched = r.batched || g[in[k]].batched;
    }
    for (int k = 0; k < Count; ++k) {
      s.extent[a.axis] = (extent - k + Count - 1) / Count;
      if (g[in[k]].dims != s) g.fail(problem::shapes_do_not_broadcast, path{name}, g[in[k]].dims, s);
    }
    r.dims.extent[a.axis] = extent;
    return r;
  }
  static constexpr void backward(graph& g, int id, value dy, value* dx) {
    const node n = g[id];
    const int axis = attributes_of<interleave>(n).axis;
    for (int k = 0; k < Count; ++k) {
      const int size = g[n.in[k]].dims[axis];
      dx[k] = apply_with<slice>({axis, k, size, size == 1 ? 1 : Count}, dy);
    }
  }
  static constexpr join_layout join(const shape* in, const attributes& a) {
    join_layout l{a.axis};
    for (int k = 0; k < Count; ++k)
      l.part[l.count++] = {k, k, in[k][a.axis], in[k][a.axis] == 1 ? 1 : Count};
    return l;
  }
};

namespace detail {

/// Element i of an axis is element i / count of value i % count.
constexpr value interleaved(const value* parts, int count, int axis) {
  if (count == 1) return parts[0];
  if (count == 2) return apply_with<interleave<2>>({axis}, parts[0], parts[1]);
  if (count == 3) return apply_with<interleave<3>>({axis}, parts[0], parts[1], parts[2]);
  value own[8];
  if (count <= 16 && count % 2 == 0) {
    value halves[2];
    for (int k = 0; k < 2; ++k) {
      for (int i = 0; i < count / 2; ++i) own[i] = parts[2 * i + k];
      halves[k] = interleaved(own, count / 2, axis);
    }
    return interleaved(halves, 2, axis);
  }
  // Rows of equal length beside each other, read across.
  const int rows = parts[0].dims()[axis];
  int extent = 0;
  value* const columns = new value[static_cast<std::size_t>(count)];
  for (int i = 0; i < count; ++i) {
    const int own_rows = parts[i].dims()[axis];
    extent += own_rows;
    columns[i] = math::unsqueeze(math::pad(parts[i], axis, 0, rows - own_rows), axis + 1);
  }
  const value side_by_side = math::concat(columns, count, axis + 1);
  delete[] columns;
  shape whole = parts[0].dims();
  whole.extent[axis] = rows * count;
  return math::slice(math::reshape(side_by_side, whole), axis, 0, extent);
}

}  // namespace detail
}  // namespace tapeless
