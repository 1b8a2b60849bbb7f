#pragma once
// From options to a target, and from a stage to a program for it.

#include <tapeless/plan/legalize.hpp>
#include <tapeless/plan/plan.hpp>
#include <tapeless/plan/sound.hpp>
#include <tapeless/run/constant.hpp>
#include <tapeless/run/engine.hpp>
#include <tapeless/run/network.hpp>
#include <tapeless/run/option_list.hpp>

namespace tapeless {

namespace detail {

/// The instruction set among the options, or that of this source: to be asked for where a call is
/// compiled, not where it is declared.
template <class O>
struct arch_in {
  using type = simd::native;
};
template <class O>
requires requires { typename O::arch; }
struct arch_in<O> {
  using type = typename O::arch;
};

/// The share of lanes that n numbers side by side use of the vectors they fill.
constexpr double used_share(double n, int width) {
  const int vectors = (static_cast<int>(n) + width - 1) / width;
  return n / (vectors * width);
}

/// The outputs of weights that lanes would run over in a contraction of one sample: its last axis, or
/// of positions and channels the channels, which the weights have.
template <class Graph>
constexpr int outputs_side_by_side(const Graph& g, const node& n) {
  const contract::attributes at = attributes_of<contract>(n);
  const axis_labels weights = g[n.in[0]].batched ? at.right : at.left;
  int channels = -1;
  for (int i = 0; i < n.dims.rank; ++i)
    if (weights.find(at.out[i]) >= 0) channels = n.dims[i];
  return n.dims.rank > 1 && channels > 0 ? channels : n.dims[n.dims.rank - 1];
}

/// Lanes over samples pay where layers are narrow and would leave lanes idle that a batch fills.
/// Otherwise features take their inputs as they come, and weights are read as vectors.
template <class Graph>
constexpr lane_axis choose_lane_axis(const Graph& g, int width, const cost_model& costs) {
  if (costs.samples_from_batch > g.batch) return lane_axis::features;
  double work = 0, used = 0, weighted = 0;
  for (const node& n : g.nodes) {
    if (n.op->kind != family::contraction || !n.batched || n.dims.rank == 0) continue;
    const double outputs = n.dims.count();
    const contract::attributes at = attributes_of<contract>(n);
    double inputs = 1;
    for (int i = 0; i < at.left.rank(); ++i)
      if (at.out.find(at.left[i]) < 0) inputs *= g[n.in[0]].dims[i];
    const bool sums_lanes = outputs <= narrow_outputs && inputs >= many_inputs;
    work += outputs * inputs;
    const int side_by_side = outputs_side_by_side(g, n);
    used += outputs * inputs * used_share(sums_lanes ? inputs : side_by_side, width);
    weighted += outputs * inputs * (n.dims.rank > 1 ? side_by_side : outputs);
  }
  const double samples = used_share(g.batch, width);
  return 100 * used < costs.least_use_for_features * samples * work &&
                 weighted <= costs.widest_for_samples * work
             ? lane_axis::samples
             : lane_axis::features;
}

/// Target of a graph for a scalar type, an instruction set and the caller's options.
template <class T, class Arch, class O, class Graph>
consteval target target_for(const Graph& g) {
  constexpr cost_model costs = costs_in<O>();
  constexpr int bytes = costs.vector_bytes > 0 && costs.vector_bytes < static_cast<int>(Arch::bytes)
                            ? costs.vector_bytes
                            : static_cast<int>(Arch::bytes);
  constexpr int width = bytes > 0 ? bytes / static_cast<int>(sizeof(T)) : 1;
  lane_axis lanes = choose_lane_axis(g, width, costs);
  if constexpr (requires { O::axis; }) lanes = O::axis;
  bool streams = false;
  for (const tensor& t : g.tensors) streams = streams || t.where == place::history;
  return {width, width > 1 ? static_cast<int>(16 / sizeof(T)) : 1, Arch::registers,
          lanes, costs, streams};
}

/// A plan that must not run, for the compiler to print: what is wrong with it, in which step, with
/// which of its accesses.
template <flaw What, int Step, int Access>
inline constexpr bool plan_is_free_of = What == flaw::none;

/// Steps up to which plans are checked in every build; larger ones are where TAPELESS_CHECKS is 1.
inline constexpr int always_checked_steps = 256;

/// Checks a plan before there is code of it.
template <const auto& Plan, const auto& Graph>
consteval bool check_plan() {
  if constexpr (TAPELESS_CHECKS == 0 &&
                std::remove_cvref_t<decltype(Plan)>::step_count > always_checked_steps) {
    return true;
  } else {
    constexpr verdict v = checker::verdict_on<Plan, Graph>;
    static_assert(plan_is_free_of<v.what, v.step, v.access>,
                  "Tapeless: internal error, this plan would compute something else; please "
                  "report the declaration");
    return v.what == flaw::none;
  }
}

/// Compiles a stage to a program: builds, prunes, legalizes, plans. Source, the instruction set of
/// the flags, keeps apart what several sources with different flags compile for one Arch: kernels
/// have the plan, and so Source, in their names.
template <class Net, class Stage, class T, class Arch, class O, class Source = simd::native>
struct compiled {
  static constexpr int limit = max_nodes_of<Net>() * 8;
  static constexpr auto built = freeze<Stage, limit>();
  static_assert(check<Net, built>());

  static constexpr auto bodies = bodies_rebuilt<built, limit>::table();
  struct rebuilt {
    static constexpr int expected_nodes = bodies.node_count + bodies.node_count / 4 + 16;
    static consteval void build(graph& g) { rebuild(g, bodies); }
  };
  static constexpr auto pruned = freeze<rebuilt, limit>();

  static constexpr target on = target_for<T, Arch, O>(pruned);
  struct legalized {
    static constexpr int expected_nodes = pruned.node_count + pruned.node_count / 8 + 16;
    static consteval void build(graph& g) { legalize(g, pruned, on); }
  };
  static constexpr auto ready = []() consteval {
    if constexpr (needs_legalizing(pruned, on))
      return freeze<legalized, limit>();
    else
      return pruned;
  }
  ();
  static_assert(check<Net, ready>());
  static constexpr auto plan = make_program<ready, on>();

  /// Runs it on buffers that the caller has filled, the arena among them.
  TAPELESS_NATIVE TAPELESS_CLANG_INLINE static void run(buffers<T>& memory) noexcept {
    static_assert(check_plan<plan, ready>());
    execute<plan, T, Arch, policy_in<O>()>(memory);
  }
  /// What one of several threads does of it.
  template <class Barrier>
  TAPELESS_NATIVE static void run_partition(const buffers<T>& memory, int part, int parts,
                                            Barrier& barrier) noexcept {
    static_assert(check_plan<plan, ready>());
    execute_partition<plan, T, Arch>(memory, {part, parts}, barrier);
  }

  /// Elements of the memory for intermediate values.
  static constexpr long long arena_elements = plan.memory.arena + 16;

  /// Runs it on the memory of a call, intermediate values on the stack: in the caller, or in all
  /// threads of a team, each of which does its partition of every step.
  template <class Team = caller_alone>
  TAPELESS_NATIVE TAPELESS_CLANG_INLINE static void run(const call_memory<T>& call,
                                                        const Team& workers = {}) noexcept {
    alignas(64) T arena[arena_elements];
    run_in(arena, call, workers);
  }

  /// The same with intermediate values in memory that the caller gives, aligned to 64 bytes.
  template <class Team = caller_alone>
  TAPELESS_NATIVE TAPELESS_CLANG_INLINE static void run_in(
      T* arena, const call_memory<T>& call, [[maybe_unused]] const Team& workers = {}) noexcept {
    buffers<T> memory = buffers_of(call, arena);
#if defined(__clang__)
    // The arena's address escapes here; otherwise clang promotes the arena to registers and spills.
    asm volatile("" : : "r"(arena) : "memory");
#endif
    has_effect();
    if constexpr (std::is_same_v<Team, caller_alone>) {
      run(memory);
    } else {
      static_assert(plan.step_count > 0);  // every part ends by barrier the others
      workers.run([&memory](int part, auto& barrier) noexcept {
        run_partition(memory, part, Team::size, barrier);
      });
    }
  }

 private:
  static TAPELESS_INLINE buffers<T> buffers_of(const call_memory<T>& call, T* arena) noexcept {
    buffers<T> m;
    m[place::arena] = arena;
    m[place::parameters] = call.parameters;
    m[place::gradients] = call.gradients;
    m.set_state(call.state, call.state_stride);
    m[place::input] = const_cast<T*>(call.input);
    m[place::target] = const_cast<T*>(call.target);
    m[place::output] = call.output;
    m[place::loss] = call.loss;
    m[place::scalars] = const_cast<T*>(call.scalars);
    m[place::weight] = const_cast<T*>(call.weight);
    for (int i = 1; i < max_ports; ++i) {
      m.at(place::input, i) = const_cast<T*>(call.further_inputs[i - 1]);
      m.at(place::target, i) = const_cast<T*>(call.further_targets[i - 1]);
      m.at(place::output, i) = call.further_outputs[i - 1];
    }
    if constexpr (on.streams)
      for (int i = 0; i < max_ports; ++i) m.at(place::history, i) = call.history[i];
    return m;
  }
};

}  // namespace detail
}  // namespace tapeless
