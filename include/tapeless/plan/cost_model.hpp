#pragma once
// The numbers by which the planner chooses, in one place: each was measured, each can be replaced.

#include <tapeless/core/config.hpp>

namespace tapeless {

/// Constants of the cost model. The defaults suit x86-64 processors with two fused multiply-adds a
/// cycle; `costs<cost_model{.parallel_sums = 16}>` among the options of a call replaces them.
struct cost_model {
  /// Lanes run over samples from this batch on, if features used less than so many per cent of the
  /// lanes that samples use; an average over the layers by their work.
  int samples_from_batch = 8;
  int least_use_for_features = 93;
  /// ... and if the layers' outputs, weighted by their work, are at most this many on average.
  /// Wider layers fill vectors with features, and take their inputs as they come.
  int widest_for_samples = 96;
  /// From this batch on a weight matrix is transposed once per call for the gradient of its input,
  /// instead of summing across lanes for every sample.
  int transpose_from_batch = 6;
  /// Bytes of the widest vector to use; 0 leaves it to the instruction set.
  int vector_bytes = 0;
  /// Sums that run in parallel: two additions a cycle of four cycles' latency.
  int parallel_sums = 8;
  /// Vectors beside each other in a register tile, with 32 registers; with 16 half of it, or twice
  /// as many where the tile has a single row.
  int tile_vectors = 4;
  /// Operations on vectors of eight up to which a plan is one straight line without a loop. Longer
  /// code leaves the first cache of instructions, where it is read once per call.
  int straight_budget = 2048;
  /// ... and up to which a kernel of a longer plan is written out.
  int unroll_budget = 256;
  /// Operations on vectors of eight up to which a plan is one function without calls.
  int inline_budget = 6000;
  /// Different kernels of constant size in a plan of functions. In a plan with more, such as a net
  /// of fifty different widths, steps of little work share kernels whose sizes are run-time
  /// numbers.
  int most_kernels = 40;
  /// ... and operations on vectors of eight from which a step has a kernel of its own there: its
  /// constant sizes make it two to three times as fast for a tenth of a second of compile time.
  int own_kernel_from = 500;
  /// Operations on vectors of eight from which threads divide a step: below it a barrier costs
  /// more than the division saves.
  int share_from = 2000;
  /// Bytes of the layers' values that a piece of a batch holds at most, where a batch of more than
  /// twice as many runs in pieces: most of a second-level cache, beside weights and rows. 0 for
  /// whole batches.
  int piece_bytes = 768 * 1024;

  friend constexpr bool operator==(const cost_model&, const cost_model&) = default;
};

}  // namespace tapeless
