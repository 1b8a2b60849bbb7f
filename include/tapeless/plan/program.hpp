#pragma once
// A plan: steps for the kernels, as constants. Each step is one loop nest over buffers with a
// straight-line program inside.

#include <tapeless/graph/node.hpp>
#include <tapeless/plan/cost_model.hpp>

namespace tapeless {

/// Loops of one nest at most: the batch, and the labels that a contraction of two operands of the
/// largest rank can have.
inline constexpr int max_loops = 1 + 3 * max_rank / 2;

/// Over what the lanes of a vector run.
enum class lane_axis : std::uint8_t { features, samples };

/// What the planner must know of the machine and the caller's wishes; part of every plan's type.
struct target {
  int width;      ///< lanes of the widest vector, 1 without vectors
  int narrowest;  ///< lanes of the narrowest vector
  int registers;  ///< vector registers
  lane_axis lanes;
  cost_model costs = {};
  bool streams = false;  ///< a block of a stream: samples that follow each other lie side by side
  friend constexpr bool operator==(const target&, const target&) = default;
};

/// How a step walks one operand: element = offset + sum of index * stride over the loops, from the
/// start of the operand's buffer.
struct access {
  place where = place::arena;
  int slot = 0;
  int storage = -1;  ///< arena: node that owns the elements; parameters and what lies as they do:
                     ///< the parameter's tensor; -1 elsewhere, and for positions
  int offset = 0;
  int stride[max_loops] = {};
  int iteration = 0;  ///< elements from one iteration of the step's scan to the next
  int inner = 0;      ///< the same of the loop inside of that one
  bool stores = false;
  bool exact = false;      ///< nothing beyond the last element may be touched
  bool zero_tail = false;  ///< lanes beyond the last element are stored as zeros
  bool by_row = false;     ///< goes on by the row of a table that the step's index names
};

enum class action : std::uint8_t {
  load,      ///< register = access a
  store,     ///< access b = register a
  constant,  ///< register = constant_attributes::number
  position,  ///< register = walk of access a itself, as a number
  random,    ///< register = uniform number hashed from the walk of access a, keyed by accesses b, c
  reduced,   ///< register = result of the reduction
  apply,     ///< register = operation on registers a, b, c
};

struct instruction {
  action what = action::apply;
  const operation* op = nullptr;
  int a = -1, b = -1, c = -1;  ///< registers, numbered from the start of the step's part
  packed_attributes attr = {};
};

/// Which kernel a step takes.
enum class kernel_form : std::uint8_t {
  tiled,       ///< lanes over results, or scalars
  summed,      ///< lanes over what is reduced
  transposed,  ///< a copy that exchanges two axes
  rows,        ///< one row of a table per position, named by a number in memory
};

/// One kernel call. Loops 0 to parallel - 1 range over results, the rest are reduced.
///
/// The code before `middle` is the prologue: it computes the element to reduce, in its last
/// register. The code from `middle` on is the epilogue: it runs once per result, and its stores
/// come last, so that nothing is loaded after it was overwritten.
struct step {
  int loops = 0, parallel = 0;
  int extent[max_loops] = {};
  reduction_kind reduction = reduction_kind::none;
  bool product = false;  ///< the prologue loads two factors and multiplies them
  kernel_form form = kernel_form::tiled;
  int lane_in = -1;   ///< loop over which the lanes of the prologue run, -1 for scalars
  int lane_out = -1;  ///< the same for the epilogue
  int width_in = 1, width_out = 1;
  int row = -1;  ///< parallel loop that is tiled beside the lanes
  int tile_rows = 1, tile_lanes = 1, accumulators = 1;
  int code_begin = 0, middle = 0, code_end = 0;
  int access_begin = 0, access_end = 0;
  int start = -1;   ///< access that a sum starts from instead of 0, numbered within the step
  int index = -1;   ///< access whose number names a row of what is accessed by row, or -1
  int row_stride = 0, row_count = 0;  ///< of that table
  int same_as = 0;  ///< first step with an equal nest: its kernel serves this one too
  int kind_as = 0;  ///< first step that differs from this one in extents and strides alone
  double flops = 0;
  double vector_operations = 0;     ///< estimate of the straight-line code it takes
  bool long_epilogue = false;       ///< as long as that of tanh
  bool broadcasts_results = false;  ///< all lanes share a factor that an earlier step stored
  int root = 0;                     ///< node that it computes
  int scan = 0;   ///< loop around steps that the step belongs to, 0 for none
  int trips = 1;  ///< iterations of that loop; its steps follow one another
  int inner = 0;  ///< loop inside of that one that the step belongs to, 0 for none
  int inner_trips = 1;  ///< iterations of that loop; its steps follow one another too
};

/// Memory of a plan, in elements.
struct memory_plan {
  int arena = 0;        ///< elements the arena takes
  int lower_bound = 0;  ///< largest set of values alive at once
};

/// Everything a job executes.
template <int Steps, int Instructions, int Accesses>
struct program {
  static constexpr int step_count = Steps;
  static constexpr int access_count = Accesses;
  step steps[Steps > 0 ? Steps : 1] = {};
  instruction code[Instructions > 0 ? Instructions : 1] = {};
  access accesses[Accesses > 0 ? Accesses : 1] = {};
  memory_plan memory;
  target on{};
  double flops = 0;
  double vector_operations = 0;
  int kernels = 0;  ///< different nests
};

/// First and last element that an access reaches.
struct interval {
  int first = 0, last = 0;
};

constexpr interval reach_of(const step& s, const access& a) {
  interval r{a.offset, a.offset};
  for (int l = 0; l < s.loops; ++l)
    (a.stride[l] < 0 ? r.first : r.last) += a.stride[l] * (s.extent[l] - 1);
  if (a.by_row) (s.row_stride < 0 ? r.first : r.last) += s.row_stride * (s.row_count - 1);
  return r;
}

/// The same over all iterations of the loops around a step.
constexpr interval reach_of_iterations(const step& s, const access& a) {
  interval r = reach_of(s, a);
  (a.iteration < 0 ? r.first : r.last) += a.iteration * (s.trips - 1);
  (a.inner < 0 ? r.first : r.last) += a.inner * (s.inner_trips - 1);
  return r;
}

/// Whether two steps belong to one loop, and to one loop inside of that.
constexpr bool in_one_scan(const step& a, const step& b) { return a.scan != 0 && a.scan == b.scan; }
constexpr bool in_one_inner_scan(const step& a, const step& b) {
  return a.inner != 0 && a.inner == b.inner;
}

constexpr bool overlap(const interval& a, const interval& b) {
  return a.first <= b.last && b.first <= a.last;
}

}  // namespace tapeless
