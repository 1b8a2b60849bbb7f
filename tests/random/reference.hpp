#pragma once
// The calls of a network by the reference semantics of their graphs, in double.

#include <random/memory.hpp>
#include <random/results.hpp>

namespace random_nets {

/// How the numbers of a reference differ from those of the engine: by factors near 1.
struct perturbed {
  double by = 0;
  unsigned salt = 0;
  double operator()(double x, unsigned stream, unsigned index) const {
    return x * (1 + by * number(stream + salt, index));
  }
};

/// A trainer whose jobs are interpreted: run/training.hpp, word by word, with another engine.
template <class Net, class Loss, class Optimizer, class... Options>
class reference_trainer {
  using jobs = tl::detail::training_here<Net, Loss, Optimizer, Options...>;
  using share = tl::detail::sharing;
  using source = tl::detail::gradient_source;
  static constexpr int batch = jobs::batch_size;
  static constexpr int inputs = tl::input_size<Net>;
  static constexpr int targets = tl::target_size<Net, Loss>;

 public:
  using state_type = tl::training_state<Net, Optimizer, double>;
  state_type state;

  double step(const double* x, const double* t) {
    return run<typename jobs::template job<share::equal, source::samples>>(x, t, nullptr);
  }
  double step(const double* x, const double* t, int count) {
    if (count >= batch) return step(x, t);
    using job = typename jobs::template job<share::weighted, source::samples>;
    const padded rows{x, t, count};
    return run<job>(rows.x.data(), rows.t.data(), rows.weight.data());
  }
  double accumulate(const double* x, const double* t) {
    const auto before = state.progress;
    const std::uint64_t steps = state.steps;
    using job = typename jobs::template job<share::equal, source::accumulate>;
    const double l = run<job>(x, t, nullptr);
    state.progress = before;
    state.steps = steps;
    state.calls += 1;
    return l;
  }
  void apply() {
    run<typename jobs::template job<share::equal, source::accumulated>>(nullptr, nullptr, nullptr);
    state.gradient = {};
  }
  double loss(const double* x, const double* t, int count) {
    const padded rows{x, t, count};
    const double scalars[tl::scalar_slots] = {};
    return execute<typename jobs::loss_job>(scalars, rows.x.data(), rows.t.data(),
                                            rows.weight.data());
  }

 private:
  /// A whole batch of which `count` rows are the caller's and have a share in the loss.
  struct padded {
    numbers x, t, weight;
    padded(const double* xs, const double* ts, int count)
        : x(static_cast<std::size_t>(batch * inputs)),
          t(static_cast<std::size_t>(batch * targets)),
          weight(static_cast<std::size_t>(batch)) {
      for (int s = 0; s < batch; ++s) {
        const int from = s < count ? s : count - 1;
        for (int i = 0; i < inputs; ++i) x[at(s * inputs + i)] = xs[from * inputs + i];
        for (int i = 0; i < targets; ++i) t[at(s * targets + i)] = ts[from * targets + i];
        if (s < count) weight[at(s)] = tl::is_summed<Loss> ? 1.0 : 1.0 / count;
      }
    }
    static std::size_t at(int i) { return static_cast<std::size_t>(i); }
  };

  template <class Job>
  double run(const double* x, const double* t, const double* weight) {
    double scalars[tl::scalar_slots] = {};
    Optimizer::advance(state.options, state.progress, scalars);
    scalars[tl::seed_slot] = static_cast<double>(state.seed & 0xffffff);
    scalars[tl::step_slot] = static_cast<double>((state.steps + state.calls) & 0xffffff);
    ++state.steps;
    return execute<Job>(scalars, x, t, weight);
  }

  template <class Job>
  double execute(const double* scalars, const double* x, const double* t, const double* weight) {
    double loss = 0;
    tl::detail::call_memory<double> m;
    m.parameters = state.theta.data;
    m.gradients = state.gradient.data;
    m.state = state.slots;
    m.state_stride = Optimizer::states > 0 ? tl::parameters<Net, double>::size : 0;
    m.input = x;
    m.target = t;
    m.weight = weight;
    m.scalars = scalars;
    m.loss = &loss;
    tl::detail::interpret<Job::pruned>(m);
    return loss;
  }
};

}  // namespace random_nets
