#pragma once
// The options of a call: what it is compiled for. Light: a header that declares what another source
// compiles may include them. Which call takes which option stands in run/option_list.hpp.

#include <cstdint>
#include <tapeless/core/config.hpp>
#include <tapeless/plan/program.hpp>
#include <tapeless/simd/arch.hpp>
#include <type_traits>

namespace tapeless {

/// How a plan becomes code. All give the same numbers, to rounding.
enum class expansion : std::uint8_t {
  automatic,  ///< by the cost model: short kernels written out, one function if it stays small
  full,       ///< one straight line: no loop, no call, no branch
  loops,      ///< register tiles inside loops of constant trip count, one function per kernel
  shared,     ///< loops whose trip counts are arguments, one function for layers of all sizes
};

/// What an option decides. A call takes one option of each kind; `frozen_paths` and
/// `parameter_group` may stand several times, since lists of paths add up.
enum class option_kind : std::uint8_t {
  none,  ///< no option at all
  batch,
  scalar_type,
  instruction_set,
  expand_as,
  lanes_over,
  costs,
  stack_limit,
  by_reference,
  threads,
  clip_by_norm,
  clip_by_value,
  own_clip,  ///< a type of the user's with `static constexpr void clip(value* gradients, int count)`
  frozen_paths,
  parameter_group,
  with_respect_to,
  blocks,
  time_axis,
  pieces,
};

/// Samples per call.
template <int N>
struct batch {
  static constexpr option_kind kind = option_kind::batch;
  static_assert(N > 0, "Tapeless: a batch has at least one sample");
  static constexpr int batch_size = N;
};
/// Scalar type of parameters and data: float or double.
template <class T>
struct scalar_type {
  static constexpr option_kind kind = option_kind::scalar_type;
  using scalar = T;
};
/// Instruction set, one of simd::sse2, simd::avx2, simd::avx512; the one the file is compiled for
/// unless told.
template <class Arch>
struct instruction_set {
  static constexpr option_kind kind = option_kind::instruction_set;
  using arch = Arch;
};
/// How many bytes of intermediate values a call may keep on the stack. A trainer keeps what does not
/// fit in memory that it owns (without this option what is beyond 32 KB); forward, value_and_grad
/// and compiled own nothing: a call that needs more does not compile. Kernels and calls themselves
/// take some hundred bytes more.
template <long long Bytes>
struct stack_limit {
  static constexpr option_kind kind = option_kind::stack_limit;
  static_assert(Bytes >= 0, "Tapeless: a stack limit is a number of bytes");
  static constexpr long long most_stack = Bytes;
};
/// How much is written out as straight-line code.
template <expansion Policy>
struct expand_as {
  static constexpr option_kind kind = option_kind::expand_as;
  static constexpr expansion policy = Policy;
};
/// Samples that run at once in a call of a batch, instead of the cost model's choice: the call takes
/// the batch in pieces of N rows, which divides the batch; 0 for the batch whole. For networks whose
/// samples do not meet.
template <int N>
struct pieces_of {
  static constexpr option_kind kind = option_kind::pieces;
  static_assert(N >= 0, "Tapeless: pieces_of<N> takes the samples of a piece, or 0 for whole batches");
  static constexpr int samples_of_a_piece = N;
};
/// Lanes over features or over samples, instead of the cost model's choice.
template <lane_axis Axis>
struct lanes_over {
  static constexpr option_kind kind = option_kind::lanes_over;
  static constexpr lane_axis axis = Axis;
};

/// Other numbers for the cost model.
template <cost_model Model>
struct costs {
  static constexpr option_kind kind = option_kind::costs;
  static_assert(Model.vector_bytes == 0 || Model.vector_bytes == 16 || Model.vector_bytes == 32 ||
                    Model.vector_bytes == 64,
                "Tapeless: vector_bytes of a cost model is 16, 32, 64, or 0 for the widest");
  static_assert(Model.piece_bytes >= 0,
                "Tapeless: piece_bytes of a cost model is a number of bytes, or 0 for whole batches");
  static_assert(Model.parallel_sums > 0 && Model.tile_vectors > 0 && Model.tile_vectors <= 8,
                "Tapeless: a cost model has at least one sum in parallel, and 1 to 8 vectors in a "
                "tile");
  static constexpr cost_model model = Model;
};

namespace detail {

template <class O>
consteval int batch_in() {
  if constexpr (requires { O::batch_size; })
    return O::batch_size;
  else
    return 1;
}
template <class O>
struct scalar_in {
  using type = float;
};
template <class O>
requires requires { typename O::scalar; }
struct scalar_in<O> {
  using type = typename O::scalar;
};
template <class O>
consteval expansion policy_in() {
  if constexpr (requires { O::policy; })
    return O::policy;
  else
    return TAPELESS_UNROLL ? expansion::automatic : expansion::loops;
}
template <class O>
consteval cost_model costs_in() {
  if constexpr (requires { O::model; })
    return O::model;
  else
    return {};
}

/// Who works on a call: here, the thread that made it.
struct caller_alone {
  static constexpr int size = 1;
};

/// Takes the place of a team in calls that are interpreted node by node instead of run by kernels.
struct reference_semantics {
  static constexpr int size = 1;
};

/// An option that brings a team of threads.
template <class Option>
concept names_team = requires {
  typename Option::team;
};

/// The team of threads among the options (tapeless/threads.hpp), or the caller alone.
template <class O>
struct team_in {
  using type = caller_alone;
};
template <names_team O>
struct team_in<O> {
  using type = typename O::team;
};

/// Whether a call among whose options are O runs the reference semantics.
template <class O>
inline constexpr bool is_by_reference =
    std::is_same_v<typename team_in<O>::type, reference_semantics>;

}  // namespace detail

/// Evaluates a call node by node in scalar arithmetic, as constant expressions do, instead of by
/// kernels: what every kernel is held to. For tests and for the search of errors; takes memory from
/// the heap and is some hundred times slower. An option of forward, value_and_grad and trainer.
struct by_reference {
  static constexpr option_kind kind = option_kind::by_reference;
  using team = detail::reference_semantics;
};

}  // namespace tapeless
