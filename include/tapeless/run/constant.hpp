#pragma once
// Runs a job: by kernels, or in a constant expression by the reference semantics of its graph,
// which are the yardstick of every kernel.

#include <tapeless/core/config.hpp>
#include <tapeless/core/denormals.hpp>
#include <tapeless/ops/extended.hpp>
#include <tapeless/plan/layout.hpp>
#include <tapeless/run/options.hpp>
#include <tapeless/transform/interpret.hpp>

namespace tapeless::detail {

/// The memory that a call is given.
template <class T>
struct call_memory {
  T* parameters = nullptr;
  T* gradients = nullptr;
  T* state = nullptr;
  int state_stride = 0;
  const T* input = nullptr;
  const T* target = nullptr;
  const T* scalars = nullptr;
  const T* weight = nullptr;
  T* output = nullptr;
  T* loss = nullptr;
  T* arena = nullptr;  ///< for intermediate values; where it is null they lie on the stack
  // Slots behind the first.
  const T* further_inputs[max_ports - 1] = {};
  const T* further_targets[max_ports - 1] = {};
  T* further_outputs[max_ports - 1] = {};
  T* history[max_ports] = {};  ///< of a stream: where its samples begin in this call

  TAPELESS_INLINE constexpr const T*& input_at(int slot) {
    return slot == 0 ? input : further_inputs[slot - 1];
  }
  TAPELESS_INLINE constexpr const T*& target_at(int slot) {
    return slot == 0 ? target : further_targets[slot - 1];
  }
  TAPELESS_INLINE constexpr T*& output_at(int slot) {
    return slot == 0 ? output : further_outputs[slot - 1];
  }

  constexpr T* packed(place p, int slot) const {
    return p == place::parameters ? parameters
           : p == place::state    ? state + slot * state_stride
                                  : gradients;
  }
};

template <const auto& Graph, class T>
constexpr void interpret(const call_memory<T>& m);

/// Seed and step of calls that are no training: random numbers of a network are those of seed 0
/// then.
template <class T>
inline constexpr T no_scalars[group_slot] = {};

/// Copies tensor `index`, an input or a target, of every sample from the caller's rows, which hold
/// all of its place and slot one after the other.
template <class Graph, class T>
constexpr void read_rows(const Graph& g, const T* rows, int index, T* to) {
  int row = 0, begin = 0;
  for (int i = 0; i < Graph::tensor_count; ++i) {
    if (g.tensors[i].where != g.tensors[index].where || g.tensors[i].slot != g.tensors[index].slot)
      continue;
    if (i == index) begin = row;
    row += g.tensors[i].dims.count();
  }
  const int count = g.tensors[index].dims.count();
  for (int s = 0; s < (g.tensors[index].batched ? g.batch : 1); ++s)
    for (int e = 0; e < count; ++e) to[s * count + e] = rows[s * row + begin + e];
}

/// Copies the samples of earlier calls from the memory of a stream.
template <class Graph, class T>
constexpr void read_history(const Graph& g, T* const* history, const tensor& leaf, T* to) {
  for (const node& n : g.nodes) {
    if (!is<extended>(n.op) || n.in[0] != leaf.node) continue;
    const auto a = attributes_of<extended>(n);
    const strided at = extended::strides(leaf.dims, a);
    for (int e = 0; e < leaf.dims.count(); ++e)
      to[e] = history[a.slot][offset_of(at, leaf.dims, 0, e)];
  }
}
/// Puts an extended value into the memory of a stream.
template <class Graph, class T>
constexpr void write_history(const Graph&, T* const* history, const node& n, const T* from) {
  const auto a = attributes_of<extended>(n);
  const strided at = extended::strides(n.dims, a);
  for (int e = 0; e < n.dims.count(); ++e) history[a.slot][offset_of(at, n.dims, 0, e)] = from[e];
}

// `if consteval` of C++23, which both compilers know: the reference semantics must leave no trace
// in the object file, neither in size nor in compile time.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wc++23-extensions"
/// Calls the first function in a constant expression, the second at run time.
template <class Constant, class Run>
TAPELESS_INLINE constexpr void constant_or_run(Constant&& constant, Run&& run) noexcept {
  if
    consteval { constant(); }
  else {
    run();
  }
}

/// The kernels of a job; its intermediate values lie in m.arena, or on the stack.
template <class Job, bool HasArena, class T, class... Team>
TAPELESS_NATIVE TAPELESS_CLANG_INLINE inline void run_kernels(const call_memory<T>& m,
                                                              const Team&... team) noexcept {
  if constexpr (HasArena)
    Job::run_in(m.arena, m, team...);
  else
    Job::run(m, team...);
}

/// The same with denormal numbers as zeros.
template <class Job, bool HasArena, class T, class... Team>
TAPELESS_NATIVE TAPELESS_CLANG_INLINE inline void run_without_denormals(
    const call_memory<T>& m, const Team&... team) noexcept {
  const flush_to_zero scope;
  run_kernels<Job, HasArena>(m, team...);
}

/// Calls a job by the semantics of its graph in a constant expression, by its kernels at run time;
/// a team divides the work. Decays: whether numbers that live from call to call may decay into the
/// denormal ones, where the mean of a gradient that stays 0 would never leave them. HasArena:
/// whether m.arena is set.
template <class Job, bool Decays, bool HasArena = false, class T, class... Team>
TAPELESS_NATIVE TAPELESS_CLANG_INLINE constexpr void call_job(const call_memory<T>& m,
                                                              const Team&... team) noexcept {
  if
    consteval { interpret<Job::pruned>(m); }
  else {
    if constexpr ((std::is_same_v<Team, reference_semantics> || ...))
      interpret<Job::pruned>(m);
    else if constexpr (Decays)
      run_without_denormals<Job, HasArena>(m, team...);
    else
      run_kernels<Job, HasArena>(m, team...);
  }
}
#pragma GCC diagnostic pop

/// Evaluates a graph on such memory, parameters by their packed layout.
template <const auto& Graph, class T>
constexpr void interpret(const call_memory<T>& call) {
  call_memory<T> m = call;
  constexpr auto block = parameter_offsets(Graph);
  interpreter<T> values{Graph};
  values.run(
      [&](int i, T* to) {
        const tensor& t = Graph.tensors[i];
        const int count = t.dims.count();
        if (t.where == place::history) {
          read_history(Graph, m.history, t, to);
        } else if (t.where == place::input) {
          read_rows(Graph, m.input_at(t.slot), i, to);
        } else if (t.where == place::target) {
          read_rows(Graph, m.target_at(t.slot), i, to);
        } else if (t.where == place::weight) {
          for (int e = 0; e < count * Graph.batch; ++e) to[e] = m.weight[e];
        } else if (t.where == place::scalars) {
          *to = m.scalars[t.slot];
        } else {
          const int owner =
              t.where == place::parameters ? i : Graph.find(t.name.view(), place::parameters);
          const T* from = m.packed(t.where, t.slot) + block.offset[owner];
          const strided at = tensor_strides(t);
          for (int e = 0; e < count; ++e) to[e] = from[offset_of(at, t.dims, 0, e)];
        }
      },
      [&](const write_back::attributes& a, const T* from) {
        if (a.tensor >= 0) {
          const tensor& t = Graph.tensors[a.tensor];
          T* to = m.packed(a.where, a.slot) + block.offset[a.tensor];
          const strided at = tensor_strides(t);
          for (int e = 0; e < t.dims.count(); ++e) to[offset_of(at, t.dims, 0, e)] = from[e];
        } else if (a.where == place::loss) {
          *m.loss = *from;
        } else {
          const node& r = Graph.result(a.slot);
          T* const to = m.output_at(a.slot);
          for (int e = 0; e < r.dims.count() * (r.batched ? Graph.batch : 1); ++e) to[e] = from[e];
        }
      });
  for (int i = 0; i < std::remove_cvref_t<decltype(Graph)>::node_count; ++i)
    if (is<extended>(Graph[i].op)) write_history(Graph, m.history, Graph[i], values.of(i));
}

}  // namespace tapeless::detail
