#pragma once
// Runs a job: by kernels, or in a constant expression by the reference semantics of its graph,
// which are the yardstick of every kernel.

#include <tapeless/core/config.hpp>
#include <tapeless/core/denormals.hpp>
#include <tapeless/plan/layout.hpp>
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

  constexpr T* packed(place p, int slot) const {
    return p == place::parameters ? parameters
           : p == place::state    ? state + slot * state_stride
                                  : gradients;
  }
};

template <const auto& Graph, class T>
constexpr void interpret(const call_memory<T>& m);

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

/// The kernels of a job, with denormal numbers as zeros.
template <class Job, class T, class... Team>
TAPELESS_NATIVE [[clang::always_inline]] inline void run_without_denormals(
    const call_memory<T>& m, const Team&... team) noexcept {
  const flush_to_zero scope;
  Job::run(m, team...);
}

/// Calls a job by the semantics of its graph in a constant expression, by its kernels at run time;
/// a team divides the work. Decays: whether numbers that live from call to call may decay into the
/// denormal ones, where the mean of a gradient that stays 0 would never leave them.
template <class Job, bool Decays, class T, class... Team>
TAPELESS_NATIVE [[clang::always_inline]] constexpr void call_job(const call_memory<T>& m,
                                                                 const Team&... team) noexcept {
  if
    consteval { interpret<Job::pruned>(m); }
  else {
    if constexpr (Decays)
      run_without_denormals<Job>(m, team...);
    else
      Job::run(m, team...);
  }
}
#pragma GCC diagnostic pop

/// Evaluates a graph on such memory, parameters by their packed layout.
template <const auto& Graph, class T>
constexpr void interpret(const call_memory<T>& m) {
  using table = std::remove_cvref_t<decltype(Graph)>;
  constexpr auto block = parameter_offsets(Graph);
  constexpr int row = [] {
    int n = 0;
    for (const tensor& t : Graph.tensors) n += t.where == place::input ? t.dims.count() : 0;
    return n;
  }();
  auto parameter = [](int i) {
    return Graph.tensors[i].where == place::parameters
               ? i
               : Graph.find(Graph.tensors[i].name.view(), place::parameters);
  };
  interpreter<Graph, T> run;
  int begin = 0;  // of the next input within a row
  run.run(
      [&](int i, T* to) {
        const tensor& t = Graph.tensors[i];
        const int count = t.dims.count();
        if (t.where == place::input) {
          begin = 0;
          for (int k = 0; k < i; ++k)
            begin += Graph.tensors[k].where == place::input ? Graph.tensors[k].dims.count() : 0;
          for (int s = 0; s < Graph.batch; ++s)
            for (int e = 0; e < count; ++e) to[s * count + e] = m.input[s * row + begin + e];
        } else if (t.where == place::target || t.where == place::weight) {
          const T* from = t.where == place::target ? m.target : m.weight;
          for (int e = 0; e < count * Graph.batch; ++e) to[e] = from[e];
        } else if (t.where == place::scalars) {
          *to = m.scalars[t.slot];
        } else {
          const T* from = m.packed(t.where, t.slot) + block.offset[parameter(i)];
          const strided at = tensor_strides(t);
          for (int e = 0; e < count; ++e) to[e] = from[offset_of(at, t.dims, 0, e)];
        }
      },
      [&](const attributes& a, const T* from) {
        const place p = static_cast<place>(a.index[0]);
        if (a.index[2] >= 0) {
          const tensor& t = Graph.tensors[a.index[2]];
          T* to = m.packed(p, a.index[1]) + block.offset[a.index[2]];
          const strided at = tensor_strides(t);
          for (int e = 0; e < t.dims.count(); ++e) to[offset_of(at, t.dims, 0, e)] = from[e];
        } else if (p == place::loss) {
          *m.loss = *from;
        } else {
          constexpr int n = table::node_count > 0 ? Graph.result().dims.count() * Graph.batch : 0;
          for (int e = 0; e < n; ++e) m.output[e] = from[e];
        }
      });
}

}  // namespace tapeless::detail
