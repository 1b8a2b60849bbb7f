#pragma once
// The calls of a network by the reference semantics of their graphs, in double.

#include <random/data.hpp>

namespace random_nets {

/// A trainer whose jobs are interpreted: run/training.hpp, word by word, with another engine.
template <class Net, class Loss, class Optimizer, class... Options>
class reference_trainer {
  // By reference: batches whole.
  using jobs = tl::detail::training_here<Net, Loss, Optimizer, tl::by_reference, Options...>;
  using share = tl::detail::sharing;
  using source = tl::detail::gradient_source;
  static constexpr int batch = jobs::batch_size;
  static constexpr int inputs = tl::input_size<Net>;
  static constexpr int target_row() { return tl::target_size<Net, Loss>; }

 public:
  using state_type = tl::training_state<Net, Optimizer, double>;
  state_type state;

  double step(const double* x, const double* t) {
    return run<typename jobs::template job<share::equal, source::samples>>(x, t, nullptr);
  }
  double step(const double* x, const double* t, int count) {
    if (count >= batch) return step(x, t);
    using job = typename jobs::template job<share::weighted, source::samples>;
    const padded rows = whole(x, t, count);
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
    const padded rows = whole(x, t, count);
    const double scalars[tl::scalar_slots] = {};
    return execute<typename jobs::loss_job>(scalars, rows.x.data(), rows.t.data(),
                                            rows.weight.data());
  }

 private:
  static padded whole(const double* x, const double* t, int count) {
    return {x, inputs, t, target_row(), batch, count, tl::is_summed<Loss>};
  }

  template <class Job>
  [[gnu::noinline]] double run(const double* x, const double* t, const double* weight) {
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
