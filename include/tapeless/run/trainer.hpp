#pragma once
// Training: forward, backward and update in one call.

#include <tapeless/run/forward.hpp>
#include <tapeless/run/value_and_grad.hpp>

namespace tapeless {

namespace detail {

/// Where the gradients of an update come from.
enum class gradient_source : std::uint8_t {
  samples,      ///< forward and backward of a batch, updated at once
  accumulate,   ///< the same, added to what is stored; no update
  accumulated,  ///< what is stored
};

template <class Optimizer>
constexpr void append_update(graph& g, const loss_graph& l) {
  value scalar[6];
  constexpr const char* scalar_names[6] = {"scalar0", "scalar1", "scalar2",
                                           "scalar3", "scalar4", "scalar5"};
  for (int k = 0; k < Optimizer::scalars; ++k)
    scalar[k] = g.leaf(scalar_names[k], place::scalars, {}, false, k);
  for (int i = 0; i < l.count; ++i) {
    value state[3];
    for (int k = 0; k < Optimizer::states; ++k) {
      state[k] = g.leaf(g.tensors[l.tensor[i]].name, place::state, l.parameter[i].dims(), false, k);
      g.tensors[g.tensor_count - 1].transposed = g.tensors[l.tensor[i]].transposed;
    }
    if (g.failed()) return;
    const auto u = Optimizer::step(l.parameter[i], l.gradient[i], state, scalar);
    for (int k = 0; k < Optimizer::states; ++k) store(u.state[k], place::state, k, l.tensor[i]);
    store(u.w, place::parameters, 0, l.tensor[i]);
  }
}

/// One training call as a graph.
template <class Net, class Loss, class Optimizer, int Batch, class Options, sharing Share,
          gradient_source Source>
struct step_stage {
  static constexpr int expected_nodes =
      gradient_table<Net, Loss, Batch, Options, Share>.node_count * 3 / 2 + 16;
  static consteval void build(graph& g) {
    loss_graph l = load_gradients(g, gradient_table<Net, Loss, Batch, Options, Share>);
    if (g.failed()) return;
    if (Source != gradient_source::accumulated) store(l.loss, place::loss);
    if (Source != gradient_source::samples) {
      for (int i = 0; i < l.count; ++i) {
        const value held =
            g.leaf(g.tensors[l.tensor[i]].name, place::gradients, l.parameter[i].dims(), false);
        g.tensors[g.tensor_count - 1].transposed = g.tensors[l.tensor[i]].transposed;
        if (Source == gradient_source::accumulated)
          l.gradient[i] = held;
        else
          store(held + l.gradient[i], place::gradients, 0, l.tensor[i]);
      }
      if (Source == gradient_source::accumulate) return;
    }
    if constexpr (requires { Options::clip(l.gradient, l.count); })
      Options::clip(l.gradient, l.count);
    append_update<Optimizer>(g, l);
  }
};

}  // namespace detail

/// Trains a network: owns parameters and optimizer state in one struct without pointers, so that it
/// can be copied, stored and sent whole. Intermediate values live on the stack during a call: as
/// many bytes as the plan's arena (`cost_of` says how many), and a copy of the rows where a batch
/// is smaller than batch_size.
///
/// Options: batch<N>, scalar_type<T>, clip_by_norm<L>, clip_by_value<L>, frozen_paths<...>,
/// instruction_set<Arch>, expand_as<Policy>, lanes_over<Axis>.
/// xs: rows of input_size scalars; ys: rows of target_size scalars (a class index is one scalar).
template <class Net, class Loss, class Optimizer, class... Options>
class trainer {
  using choices = detail::options_of<Options...>;
  using arch = typename detail::arch_in<choices>::type;

 public:
  using network = Net;
  using scalar = typename detail::scalar_in<choices>::type;
  using parameters_type = tapeless::parameters<Net, scalar>;
  using options_type = typename Optimizer::options;

  static constexpr int batch_size = detail::batch_in<choices>();
  static constexpr int input_size = tapeless::input_size<Net>;
  static constexpr int output_size = tapeless::output_size<Net>;
  static constexpr int target_size = tapeless::target_size<Net, Loss>;
  static constexpr std::uint64_t topology_hash = tapeless::topology_hash<Net>;

 private:
  template <detail::sharing Share, detail::gradient_source Source>
  using job =
      detail::compiled<Net,
                       detail::step_stage<Net, Loss, Optimizer, batch_size, choices, Share, Source>,
                       scalar, arch, choices>;
  using full_step = job<detail::sharing::equal, detail::gradient_source::samples>;

 public:
  constexpr explicit trainer(const parameters_type& start, options_type options = {},
                             std::uint64_t random_seed = 0)
      : state_{start, options, random_seed} {}

  /// One update from a full batch; its loss before the update. Constant time and memory.
  constexpr scalar step(const scalar* xs, const scalar* ys) noexcept {
    return run<full_step>(xs, ys, nullptr);
  }

  /// One update from the first `count` rows of a batch, 1 <= count <= batch_size: the mean runs
  /// over those, as PyTorch takes it over the smaller last batch of an epoch.
  constexpr scalar step(const scalar* xs, const scalar* ys, int count) noexcept {
    if (count >= batch_size) return step(xs, ys);
    return padded(xs, ys, count, [&](const scalar* x, const scalar* y, const scalar* w) {
      return run<job<detail::sharing::weighted, detail::gradient_source::samples>>(x, y, w);
    });
  }

  /// Adds the gradient of a batch to the accumulated one, without an update; its loss.
  constexpr scalar accumulate(const scalar* xs, const scalar* ys) noexcept {
    const std::uint64_t steps = state_.steps;
    const typename Optimizer::progress before = state_.progress;
    const scalar l =
        run<job<detail::sharing::equal, detail::gradient_source::accumulate>>(xs, ys, nullptr);
    state_.progress = before;
    state_.steps = steps;
    state_.calls += 1;
    return l;
  }

  /// One update from the accumulated gradient, which starts again from 0. The gradient is the sum
  /// over the calls of accumulate, as in PyTorch; divide the learning rate for their mean.
  constexpr void apply() noexcept {
    run<job<detail::sharing::equal, detail::gradient_source::accumulated>>(nullptr, nullptr,
                                                                           nullptr);
    state_.gradient = {};
  }

  /// Mean loss of the first `count` rows, without dropout and without an update.
  constexpr scalar loss(const scalar* xs, const scalar* ys, int count = batch_size) const noexcept {
    using loss_job =
        detail::compiled<Net, detail::loss_stage<Net, Loss, batch_size>, scalar, arch, choices>;
    const scalar scalars[scalar_slots] = {};
    return padded(xs, ys, count, [&](const scalar* x, const scalar* y, const scalar* w) {
      return execute<loss_job>(const_cast<state_type&>(state_), scalars, x, y,
                               w);  // writes nothing
    });
  }

  /// Outputs of `count` rows, at most batch_size of them: rows of output_size scalars.
  constexpr void predict(const scalar* xs, scalar* outputs, int count = batch_size) const noexcept {
    if (count >= batch_size) {
      tapeless::forward<Net, Options...>(state_.theta, xs, outputs);
      return;
    }
    scalar x[batch_size * input_size] = {}, y[batch_size * output_size] = {};
    copy_rows(xs, x, count, input_size);
    tapeless::forward<Net, Options...>(state_.theta, static_cast<const scalar*>(x), y);
    for (int i = 0; i < count * output_size; ++i) outputs[i] = y[i];
  }

  constexpr parameters_type& parameters() noexcept { return state_.theta; }
  constexpr const parameters_type& parameters() const noexcept { return state_.theta; }
  constexpr options_type& options() noexcept { return state_.options; }
  constexpr const options_type& options() const noexcept { return state_.options; }
  /// Updates made so far.
  constexpr std::uint64_t steps() const noexcept { return state_.steps; }

  /// All that training depends on, trivially copyable: parameters, optimizer state, options, seed
  /// and counts.
  struct state_type {
    parameters_type theta;
    options_type options;
    std::uint64_t seed = 0;
    std::uint64_t steps = 0;
    std::uint64_t calls = 0;
    typename Optimizer::progress progress = {};
    alignas(
        64) scalar slots[Optimizer::states > 0 ? Optimizer::states* parameters_type::size : 1] = {};
    parameters_type gradient = {};
  };
  constexpr state_type& state() noexcept { return state_; }
  constexpr const state_type& state() const noexcept { return state_; }

 private:
  state_type state_;

  static constexpr void copy_rows(const scalar* from, scalar* to, int count, int row) noexcept {
    for (int s = 0; s < batch_size; ++s)  // rows that do not exist repeat the last one
      for (int i = 0; i < row; ++i) to[s * row + i] = from[(s < count ? s : count - 1) * row + i];
  }

  /// Calls f with a whole batch whose first `count` rows share the loss.
  template <class F>
  static constexpr scalar padded(const scalar* xs, const scalar* ys, int count, F&& f) noexcept {
    scalar x[batch_size * input_size] = {}, y[batch_size * target_size] = {}, w[batch_size] = {};
    copy_rows(xs, x, count, input_size);
    copy_rows(ys, y, count, target_size);
    const scalar share = is_summed<Loss> ? scalar(1) : scalar(1) / static_cast<scalar>(count);
    for (int s = 0; s < count; ++s) w[s] = share;
    return f(x, y, w);
  }

  /// One call that counts as a step.
  template <class Job>
  constexpr scalar run(const scalar* xs, const scalar* ys, const scalar* weight) noexcept {
    double numbers[6] = {};
    Optimizer::advance(state_.options, state_.progress, numbers);
    scalar scalars[scalar_slots] = {};
    for (int i = 0; i < Optimizer::scalars; ++i) scalars[i] = static_cast<scalar>(numbers[i]);
    scalars[seed_slot] = static_cast<scalar>(state_.seed & 0xffffff);
    scalars[step_slot] = static_cast<scalar>((state_.steps + state_.calls) & 0xffffff);
    ++state_.steps;
    return execute<Job>(state_, scalars, xs, ys, weight);
  }

  template <class Job>
  static TAPELESS_INLINE constexpr scalar execute(state_type& state, const scalar* scalars,
                                                  const scalar* xs, const scalar* ys,
                                                  const scalar* weight) noexcept {
    scalar loss = 0;
    detail::constant_or_run(
        [&] {
          detail::constant_memory<scalar> m;
          m.parameters = state.theta.data;
          m.gradients = state.gradient.data;
          m.state = state.slots;
          m.state_stride = parameters_type::size;
          m.input = xs;
          m.target = ys;
          m.weight = weight;
          m.scalars = scalars;
          m.loss = &loss;
          detail::interpret<Job::pruned>(m);
        },
        [&]() __attribute__((always_inline)) {
          alignas(64) scalar arena[Job::plan.memory.arena + 16];
          buffers<scalar> m;
          m[place::arena] = arena;
          m[place::parameters] = state.theta.data;
          m[place::gradients] = state.gradient.data;
          m.set_state(state.slots, Optimizer::states > 0 ? parameters_type::size : 0);
          m[place::input] = const_cast<scalar*>(xs);
          m[place::target] = const_cast<scalar*>(ys);
          m[place::weight] = const_cast<scalar*>(weight);
          m[place::scalars] = const_cast<scalar*>(scalars);
          m[place::loss] = &loss;
          Job::run(m);
        });
    return loss;
  }
};

}  // namespace tapeless
