#pragma once
// Where the elements of parameters lie in their packed block: a binary interface. Saved training
// states and other programs rely on it, so `packing_hash` (run/topology.hpp) covers the result.

#include <tapeless/graph/strides.hpp>
#include <tapeless/graph/table.hpp>

namespace tapeless {

/// Distance between rows of n elements that vectors can walk: a multiple of 16, or a power of two.
constexpr int padded(int n) {
  if (n > 8) return (n + 15) / 16 * 16;
  return n > 4 ? 8 : n > 2 ? 4 : n;
}

/// Outputs up to which the weights of a layer may lie as [out][in padded], and inputs from which
/// they do.
inline constexpr int narrow_outputs = 8, many_inputs = 16;

/// Whether the weights of a layer lie as [in][out padded]: the outputs of one input are one row of
/// lanes, and nothing is summed across them. Few outputs would leave most lanes idle; theirs lie as
/// [out][in padded], and lanes run over inputs.
constexpr bool outputs_are_lanes(const tensor& t) {
  return t.transposed && t.dims.rank == 2 &&
         (t.dims[0] > narrow_outputs || t.dims[1] < many_inputs);
}

/// Weights of convolutions lie as [taps ...][in][out padded], whatever the order of their axes: the
/// outputs of one tap and one input are one row of lanes.
constexpr strided kernel_strides(const tensor& t, int& size) {
  strided s;
  s.stride[t.lane_axis] = 1;
  size = padded(t.dims[t.lane_axis]);
  const int inputs = 1 - t.lane_axis;
  s.stride[inputs] = size;
  size *= t.dims[inputs];
  for (int i = t.dims.rank - 1; i >= 2; --i) {
    s.stride[i] = size;
    size *= t.dims[i];
  }
  return s;
}

/// Layout of a parameter inside `parameters`: weights of layers as above, everything else
/// row-major.
constexpr strided tensor_strides(const tensor& t) {
  int size = 0;
  if (t.transposed && t.dims.rank > 2) return kernel_strides(t, size);
  if (!t.transposed || t.dims.rank != 2) return detail::row_major(t.dims, false);
  const int lanes = outputs_are_lanes(t) ? 0 : 1;
  strided s;
  s.stride[lanes] = 1;
  s.stride[1 - lanes] = padded(t.dims[lanes]);
  return s;
}

/// Elements that a parameter takes, up to the next multiple of 16.
constexpr int tensor_size(const tensor& t) {
  const int lanes = outputs_are_lanes(t) ? 0 : 1;
  int n = t.dims.count();
  if (t.transposed && t.dims.rank == 2) n = padded(t.dims[lanes]) * t.dims[1 - lanes];
  if (t.transposed && t.dims.rank > 2) kernel_strides(t, n);
  return (n + 15) / 16 * 16;
}

/// Offset of each parameter in the packed block, and its size. Tensors elsewhere have offset 0.
template <int Tensors>
struct parameter_block {
  int offset[Tensors > 0 ? Tensors : 1] = {};
  int size = 0;
};

template <int Nodes, int Tensors>
constexpr parameter_block<Tensors> parameter_offsets(const graph_table<Nodes, Tensors>& g) {
  parameter_block<Tensors> b;
  for (int i = 0; i < Tensors; ++i) {
    if (g.tensors[i].where != place::parameters) continue;
    b.offset[i] = b.size;
    b.size += tensor_size(g.tensors[i]);
  }
  return b;
}

}  // namespace tapeless
