#pragma once
// A plan: steps for the kernels, as constants. Each step is one loop nest over buffers with a
// straight-line program inside.

#include <tapeless/graph/node.hpp>
#include <tapeless/plan/cost_model.hpp>

namespace tapeless {

/// Loops of one nest at most, after neighbours that walk memory evenly are merged.
inline constexpr int max_loops = 6;

/// Over what the lanes of a vector run.
enum class lane_axis : std::uint8_t { features, samples };

/// What the planner must know of the machine and the caller's wishes; part of every plan's type.
struct target {
  int width;      ///< lanes of the widest vector, 1 without vectors
  int narrowest;  ///< lanes of the narrowest vector
  int registers;  ///< vector registers
  lane_axis lanes;
  cost_model costs = {};
  friend constexpr bool operator==(const target&, const target&) = default;
};

/// What happens to the products or elements that a nest reduces.
enum class folding : std::uint8_t { none, sum, maximum, maximum_of_numbers };

constexpr bool is_maximum(folding f) { return f >= folding::maximum; }

/// How a step walks one operand: element = base + offset + sum of index * stride over the loops.
struct access {
  place where = place::arena;
  int slot = 0;
  int value = -1;  ///< node whose storage this is in the arena, or tensor among the parameters
  int offset = 0;
  int stride[max_loops] = {};
  bool guarded = false;    ///< nothing beyond the last element may be touched
  bool zero_tail = false;  ///< lanes beyond the last element are stored as zeros
};

enum class action : std::uint8_t {
  load,      ///< register = access a
  store,     ///< access b = register a
  constant,  ///< register = attr.number
  position,  ///< register = walk of access a itself, as a number
  random,    ///< register = uniform number hashed from the walk of access a, keyed by accesses b, c
  folded,    ///< register = result of the reduction
  apply,     ///< register = operation on registers a, b, c
};

struct instruction {
  action what = action::apply;
  const operation* op = nullptr;
  int a = -1, b = -1, c = -1;  ///< registers, numbered from the start of the step's part
  attributes attr = {};
};

/// One kernel call. Loops 0 to kept - 1 range over results, the rest are reduced.
///
/// The code before `middle` computes the element to reduce (its last register); the code from
/// `middle` on runs once per result.
struct step {
  int loops = 0, kept = 0;
  int extent[max_loops] = {};
  folding fold = folding::none;
  int lane_in = -1;   ///< loop over which the lanes of the first part run, -1 for scalars
  int lane_out = -1;  ///< the same for the second part
  int width_in = 1, width_out = 1;
  int row = -1;  ///< kept loop that is tiled beside the lanes
  int tile_rows = 1, tile_lanes = 1, chains = 1;
  int code_begin = 0, middle = 0, code_end = 0;
  int access_begin = 0, access_end = 0;
  int start = -1;   ///< access that a sum starts from instead of 0, numbered within the step
  int same_as = 0;  ///< first step with an equal nest: its kernel serves this one too
  int kind_as = 0;  ///< first step that differs from this one in extents and strides alone
  double flops = 0;
  double vector_operations = 0;  ///< estimate of the straight-line code it takes
  int root = 0;                  ///< node that it computes
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

}  // namespace tapeless
