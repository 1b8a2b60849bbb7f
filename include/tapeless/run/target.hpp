#pragma once
// What a call is compiled for: scalar type, batch, instruction set, expansion, lane axis.

#include <tapeless/plan/arrange.hpp>
#include <tapeless/plan/plan.hpp>
#include <tapeless/run/engine.hpp>
#include <tapeless/run/network.hpp>

namespace tapeless {

/// Samples per call.
template <int N>
struct batch {
  static_assert(N > 0, "Tapeless: a batch has at least one sample");
  static constexpr int batch_size = N;
};
/// Scalar type of parameters and data: float or double.
template <class T>
struct scalar_type {
  using scalar = T;
};
/// Instruction set, one of simd::sse2, simd::avx2, simd::avx512; the one the file is compiled for
/// unless told.
template <class Arch>
struct instruction_set {
  using arch = Arch;
};
/// How much is written out as straight-line code.
template <expansion Policy>
struct expand_as {
  static constexpr expansion policy = Policy;
};
/// Lanes over features or over samples, instead of the cost model's choice.
template <lane_axis Axis>
struct lanes_over {
  static constexpr lane_axis axis = Axis;
};

/// Other numbers for the cost model.
template <cost_model Model>
struct costs {
  static_assert(Model.vector_bytes == 0 || Model.vector_bytes == 16 || Model.vector_bytes == 32 ||
                    Model.vector_bytes == 64,
                "Tapeless: vector_bytes of a cost model is 16, 32, 64, or 0 for the widest");
  static_assert(Model.parallel_sums > 0 && Model.tile_vectors > 0 && Model.tile_vectors <= 8,
                "Tapeless: a cost model has at least one sum in parallel, and 1 to 8 vectors in a "
                "tile");
  static constexpr cost_model model = Model;
};

namespace detail {

struct default_options {};

/// Finds an option's member among a list of option types, or the default.
template <class... Options>
struct options_of : default_options, Options... {};

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
struct arch_in {
  using type = simd::native;
};
template <class O>
requires requires { typename O::arch; }
struct arch_in<O> {
  using type = typename O::arch;
};
template <class O>
consteval expansion policy_in() {
  if constexpr (requires { O::policy; })
    return O::policy;
  else
    return expansion::automatic;
}
template <class O>
consteval cost_model costs_in() {
  if constexpr (requires { O::model; })
    return O::model;
  else
    return {};
}

/// Lanes over samples pay where the batch fills them and the layers are narrow: then no vector has
/// idle lanes and nothing is summed across them. Wide layers fill vectors with features, and take
/// their inputs as they come.
template <class Graph>
constexpr lane_axis choose_lane_axis(const Graph& g, int width, const cost_model& costs) {
  if (costs.samples_from_batch > g.batch || width > 2 * g.batch) return lane_axis::features;
  double work = 0, weighted = 0;
  for (const node& n : g.nodes) {
    if (n.op->kind != family::contraction || !n.batched) continue;
    const double outputs = n.dims.count();
    const axes a = axes::unpack(n.attr.index[0]), out = axes::unpack(n.attr.index[2]);
    double products = outputs;
    for (int i = 0; i < a.rank; ++i)
      if (out.find(a.label[i]) < 0) products *= g[n.in[0]].dims[i];
    work += products;
    weighted += products * outputs;
  }
  return weighted <= costs.widest_for_samples * work ? lane_axis::samples : lane_axis::features;
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
  return {width, width > 1 ? static_cast<int>(16 / sizeof(T)) : 1, Arch::bytes == 64 ? 32 : 16,
          lanes, costs};
}

/// Compiles a stage to a program: builds, prunes, arranges, plans.
template <class Net, class Stage, class T, class Arch, class O>
struct compiled {
  static constexpr int limit = max_nodes_of<Net>() * 8;
  static constexpr auto built = freeze<Stage, limit>();
  static_assert(check<Net, built>());

  struct rebuilt {
    static constexpr int expected_nodes = built.node_count + built.node_count / 4 + 16;
    static consteval void build(graph& g) { rebuild(g, built); }
  };
  static constexpr auto pruned = freeze<rebuilt, limit>();

  static constexpr target on = target_for<T, Arch, O>(pruned);
  struct arranged {
    static constexpr int expected_nodes = pruned.node_count + pruned.node_count / 8 + 16;
    static consteval void build(graph& g) { arrange(g, pruned, on); }
  };
  static constexpr auto ready = freeze<arranged, limit>();
  static constexpr auto plan = make_program<ready, on>();

  static TAPELESS_INLINE void run(buffers<T>& memory) noexcept {
    execute<plan, T, Arch, policy_in<O>()>(memory);
  }
  /// What one of several threads does of it.
  template <class Meet>
  static void run_share(const buffers<T>& memory, int part, int parts, Meet& meet) noexcept {
    execute_share<plan, T, Arch>(memory, {part, parts}, meet);
  }
};

}  // namespace detail
}  // namespace tapeless
