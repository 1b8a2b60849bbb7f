#pragma once
// What a graph is made of: operations, nodes, named tensors and the first thing that is wrong.

#include <cstdint>
#include <tapeless/core/path.hpp>
#include <tapeless/core/shape.hpp>
#include <tapeless/graph/attributes.hpp>

namespace tapeless {

struct graph;
struct value;

/// What an operation is to the planner. Closed: a new operation belongs to one of these.
enum class family : std::uint8_t {
  tensor,       ///< named leaf in a buffer: input, target, parameter, state, scalar
  constant,     ///< one number, in any shape
  index,        ///< position along an axis, or number of an element: no operand, nothing stored
  elementwise,  ///< scalar body over broadcast operands
  contraction,  ///< sum of products over shared axes
  reduction,    ///< sum or maximum over axes, or over the batch
  rows,         ///< rows of a table by numbers that are data, or sums of rows by such numbers
  view,         ///< other strides over the same storage
  join,         ///< concatenation
  assign,       ///< stores a value in a buffer of the caller
  composite,    ///< is decomposed into the others before planning
};

/// How a reduction combines elements.
enum class reduction_kind : std::uint8_t { none, sum, maximum, maximum_of_numbers };

constexpr bool is_maximum(reduction_kind r) { return r >= reduction_kind::maximum; }

/// Operands of one operation at most.
inline constexpr int max_operands = 3;

/// Shape of a result: extents per sample, and whether it differs from sample to sample; and for
/// operations that enter or leave a scan, which scan the result belongs to.
struct result_type {
  static constexpr int of_operands = -1;
  shape dims;
  bool batched = false;
  int scan = of_operands;  ///< number of the scan, 0 outside of all
  int trips = 1;           ///< iterations of that scan
  int inner = 0;           ///< number of a scan inside of that one, 0 for none
  int inner_trips = 1;     ///< iterations of the inner scan
};

/// What is wrong with a declaration.
enum class problem : std::uint8_t {
  none,
  too_many_nodes,
  too_many_tensors,
  shapes_do_not_broadcast,
  shared_axis_differs,
  layer_needs_a_vector,
  duplicate_parameter_path,
  unknown_parameter_path,
  group_without_parameter,
  reshape_changes_count,
  axis_out_of_range,
  slice_out_of_range,
  rows_of_another_shape,
  window_beyond_axis,
  window_of_nothing,
  window_of_padding,
  copies_beyond_axis,
  padding_leaves_nothing,
  groups_do_not_divide,
  batch_norm_of_one,
  batch_norm_twice,
  norm_of_one,
  pixels_do_not_divide,
  attention_of_other_ranks,
  attention_lengths_differ,
  attention_widths_differ,
  attention_heads_do_not_divide,
  mask_of_another_shape,
  attention_in_pieces,
  layer_needs_steps,
  steps_beyond_the_table,
  rotary_on_odd_width,
  cache_of_another_shape,
  loss_needs_logits_of_steps,
  glu_of_odd_axis,
  layer_needs_channels,
  no_gradient,
  gradient_of_constant,
  loss_needs_logits_of_classes,
  loss_over_one_class,
  gradient_of_many_numbers,
  input_of_another_shape,
  loss_of_a_sample_is_no_scalar,
  loss_ignores_the_output,
  too_many_results,
  axis_without_elements,
  too_many_elements,
  too_many_positions,
  path_too_long,
  inputs_of_an_inner_network,
  shared_parameter_of_another_shape,
  class_weights_of_another_count,
  too_many_loss_scalars,
  loss_scalar_without_options,
  label_is_no_letter,
  label_of_no_operand,
  label_twice_in_result,
  labels_do_not_match_rank,
  unknown_variable,
  variables_of_two_kinds,
  derivative_of_many_numbers,
  derivative_of_integers,
  duplicate_output,
  unknown_output,
  layer_needs_a_sequence,
  start_of_another_shape,
  values_of_two_scans,
  scan_without_steps,
  scan_window_below_zero,
  scan_recompute_below_zero,
  scan_recompute_inside_a_scan,
  blank_is_no_class,
  sequences_of_different_length,
  carried_value_changes_shape,
  scan_inside_a_scan,
  value_inside_a_scan,
  gradient_of_other_steps,
  stream_of_several_inputs,
  stream_has_no_time_axis,
  stream_without_time,
  stream_looks_ahead,
  stream_runs_backwards,
  stream_skips_samples,
  stream_joins_all_of_time,
  stream_knows_positions,
  stream_moves_time,
  stream_of_two_borders,
  stream_of_unknown_operation,
  stream_recurrence_starts_late,
  stream_pads_late,
  stream_start_of_samples,
  stream_carries_too_much,
  stream_of_a_last_state,
};

/// The first problem met while a graph was built: where, what came, what was wanted.
struct diagnosis {
  problem what = problem::none;
  path where;
  shape got;
  shape wanted;
};

/// One block of a joined value: an operand, or a number.
struct join_part {
  int operand = -1;  ///< -1 for the number
  int begin = 0;     ///< first element along the axis of the join
  int extent = 0;
  int step = 1;  ///< distance between two elements of the block along that axis
};

/// How a value is joined from blocks along one axis.
struct join_layout {
  int axis = 0;
  int count = 0;
  double number = 0;  ///< in blocks without operand
  join_part part[max_operands + 1] = {};

  constexpr void add(int operand, int extent) {
    const int begin = count > 0 ? part[count - 1].begin + part[count - 1].extent : 0;
    if (extent > 0) part[count++] = {operand, begin, extent};
  }
};

/// Where the elements of a value lie in a buffer: first element, distance between samples, distance
/// along each axis.
struct strided {
  int offset = 0;
  int batch = 0;
  int stride[max_rank] = {};
  int iteration = 0;  ///< between two iterations of the scan that the value belongs to
  int inner = 0;      ///< the same of a scan inside of that one
  friend constexpr bool operator==(const strided&, const strided&) = default;
};

/// Behaviour of an operation: one constant per operation type, made by `describe` (operation.hpp).
/// The address of the constant identifies the operation.
struct operation {
  const char* name = "";   ///< for reports; has no meaning
  std::uint64_t look = 0;  ///< stands for the address where compilers refuse to compare addresses
  std::uint64_t arguments = 0;  ///< hash of the numbers among its template arguments, 0 for none
  family kind = family::elementwise;
  int arity = 0;
  reduction_kind reduces = reduction_kind::none;
  bool mask = false;              ///< yields 1 or 0, and a lane mask inside a kernel
  bool takes_mask = false;        ///< first operand is such a mask
  bool reads_attributes = false;  ///< the body takes attributes behind its operands
  bool differentiable = false;    ///< has a backward
  bool simplifies = false;        ///< has a simplify
  bool composite = false;         ///< has a decompose
  double flops = 0;               ///< per element of the result
  result_type (*infer)(graph&, const int* in, const packed_attributes&) = nullptr;
  void (*backward)(graph&, int id, value dy, value* dx) = nullptr;
  value (*simplify)(graph&, const int* in, const packed_attributes&) = nullptr;
  value (*decompose)(graph&, const value* in, const packed_attributes&) = nullptr;
  value (*summed)(graph&, int id, unsigned axes, bool batch) = nullptr;  ///< takes up a sum over it
  bool (*view)(const shape& in, const shape& out, const packed_attributes&, strided&) = nullptr;
  join_layout (*join)(const shape* in, const packed_attributes&) = nullptr;
  float (*evaluate_float)(const float*, const packed_attributes&) = nullptr;
  double (*evaluate_double)(const double*, const packed_attributes&) = nullptr;
};

/// One value of the graph. Operands come before the nodes that use them.
struct node {
  const operation* op;
  int in[max_operands];
  shape dims;
  bool batched;
  packed_attributes attr;
  int scan = 0;   ///< the scan whose iterations compute it (ops/scan_parts.hpp), 0 outside of all
  int trips = 1;  ///< iterations of that scan
  int inner = 0;  ///< the scan in the body of that one to which the node belongs, 0 for none
  int inner_trips = 1;  ///< iterations of the inner scan
};

/// The loop around a node that is closest, 0 outside of all; and whether two nodes have the same
/// loops around them.
constexpr int innermost_scan(const node& n) { return n.inner != 0 ? n.inner : n.scan; }
constexpr bool in_same_loops(const node& a, const node& b) {
  return a.scan == b.scan && a.inner == b.inner;
}

/// Which buffer of the caller a named tensor lives in.
enum class place : std::uint8_t {
  arena,
  parameters,
  gradients,  ///< as long as the parameters, in the same order
  state,      ///< of the optimizer: slots as long as the parameters
  input,      ///< rows of the caller, one per sample
  target,     ///< rows of the caller, one per sample
  output,     ///< rows of the caller, one per sample
  loss,       ///< one number
  scalars,    ///< numbers that change from call to call: learning rate, seed, step
  weight,     ///< one number per sample: its share of the loss
  history,    ///< of a stream: samples of earlier blocks, and behind them those of this block
};
inline constexpr int place_count = 11;

/// Buffers of one kind at most: inputs, targets and outputs that a caller gives one by one.
inline constexpr int max_ports = 8;

/// Attributes of the leaves: a named tensor, and a number.
struct tensor_attributes {
  int tensor;
};
struct constant_attributes {
  double number;
};
constexpr int tensor_of(const node& n) { return unpack<tensor_attributes>(n.attr).tensor; }
constexpr double number_of(const node& n) { return unpack<constant_attributes>(n.attr).number; }

class generator;

/// How a parameter starts: a draw for each element; if there is none, normal with mean a and
/// deviation b, or, where b is 0, PyTorch's default for linear layers (uniform up to 1 / sqrt(fan_in)
/// on both sides).
struct initializer {
  double (*draw)(generator&, const initializer&) = nullptr;
  double a = 0, b = 0;
  int fan_in = 1, fan_out = 1;
};

/// What the elements of an input are where it has a buffer of its own.
enum class storage_type : std::uint8_t {
  scalar,  ///< the scalar type of the call
  int8,
  uint8,
  int16,
  uint16,
  int32,
  uint32,
  int64,
  uint64,
};

/// The element type of an integer type, signed ones before unsigned ones, by size.
template <class Integer>
constexpr storage_type storage_type_of() {
  const int size = sizeof(Integer) == 1   ? 0
                   : sizeof(Integer) == 2 ? 1
                   : sizeof(Integer) == 4 ? 2
                                          : 3;
  return static_cast<storage_type>(1 + 2 * size + (Integer(-1) < Integer(0) ? 0 : 1));
}

/// A named leaf of the graph.
struct tensor {
  path name;
  place where;
  int slot;  ///< which buffer of that place (state 0, 1, ...); inputs of one slot share rows
  int node;
  shape dims;       ///< PyTorch's orientation
  bool transposed;  ///< weights of a layer: laid out for the kernels (plan/packing.hpp)
  int lane_axis;    ///< of such weights of rank 3 or more: the axis of outputs
  bool trainable;
  initializer init;
  std::uint32_t key;     ///< of the name, so that most comparisons are of numbers
  bool batched = false;  ///< one per sample
  storage_type element = storage_type::scalar;
  int shared_by = 0;  ///< the latest use of a shared layer that has this parameter; 0 if none has
  int weights = -1;   ///< of a running mean: the weights that can take its layer up (run/fold.hpp)
  int normalized = -1;  ///< ... and the node that the layer normalises
  double epsilon = 0;   ///< ... and what the layer adds to the variance

  /// State and gradients lie as their parameter.
  constexpr void lies_as(const tensor& other) {
    transposed = other.transposed;
    lane_axis = other.lane_axis;
  }
};

namespace detail {

/// FNV-1a of a name.
constexpr std::uint32_t key_of(std::string_view name) {
  std::uint32_t h = 2166136261u;
  for (const char c : name) h = (h ^ static_cast<unsigned char>(c)) * 16777619u;
  return h;
}

/// Index of the tensor of that name and place, or -1.
constexpr int find_tensor(const tensor* t, int count, std::string_view name, place where) {
  const std::uint32_t key = key_of(name);
  for (int i = 0; i < count; ++i)
    if (t[i].key == key && t[i].where == where && t[i].name.view() == name) return i;
  return -1;
}

}  // namespace detail

}  // namespace tapeless
