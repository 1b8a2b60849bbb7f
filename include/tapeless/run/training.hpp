#pragma once
// What trainers do, over a state that they own: the steps of `trainer` and `compiled_trainer`.

#include <tapeless/core/checks.hpp>
#include <tapeless/core/hana.hpp>
#include <tapeless/run/forward.hpp>
#include <tapeless/run/training_state.hpp>
#include <tapeless/run/update.hpp>

namespace tapeless::detail {

/// Options without those that name a team, which change no number and no plan.
template <class Kept, class... Rest>
struct without_team {
  using type = Kept;
};
template <class... Kept, class First, class... Rest>
struct without_team<type_list<Kept...>, First, Rest...>
    : without_team<type_list<Kept..., First>, Rest...> {};
template <class... Kept, names_team First, class... Rest>
struct without_team<type_list<Kept...>, First, Rest...>
    : without_team<type_list<Kept...>, Rest...> {};

/// The calls of a trainer as functions of its state and of the team that works on them. Arch is
/// named, though it follows from the options and the source: the functions of sources with
/// different instruction sets are different functions.
template <class Arch, class Team, class Net, class Loss, class Optimizer, class Options>
struct training;

template <class Arch, class Team, class Net, class Loss, class Optimizer, class... Options>
struct training<Arch, Team, Net, Loss, Optimizer, type_list<Options...>> {
  using choices = options_of<Options...>;
  using scalar = typename scalar_in<choices>::type;
  using state_type = training_state<Net, Optimizer, scalar>;
  static constexpr int batch_size = batch_in<choices>();
  using base = trainer_base<Net, Loss, Optimizer, scalar, batch_size, Team>;

  template <sharing Share, gradient_source Source>
  using job = compiled<Net, step_stage<Net, Loss, Optimizer, batch_size, choices, Share, Source>,
                       scalar, Arch, choices>;
  using loss_job = compiled<Net, loss_stage<Net, Loss, batch_size>, scalar, Arch, choices>;

  static TAPELESS_INLINE constexpr scalar step(state_type& state, const Team& workers,
                                               const scalar* xs, const scalar* ys) noexcept {
    check_rows<true>("trainer::step", state, xs, ys, batch_size);
    return run<job<sharing::equal, gradient_source::samples>>(state, workers, xs, ys, nullptr);
  }

  TAPELESS_NATIVE static constexpr scalar step(state_type& state, const Team& workers,
                                               const scalar* xs, const scalar* ys,
                                               int count) noexcept {
    check_rows<true>("trainer::step", state, xs, ys, count);
    if (count >= batch_size) return step(state, workers, xs, ys);
    return padded(xs, ys, count, [&](const scalar* x, const scalar* y, const scalar* w) {
      return run<job<sharing::weighted, gradient_source::samples>>(state, workers, x, y, w);
    });
  }

  TAPELESS_NATIVE static constexpr scalar accumulate(state_type& state, const Team& workers,
                                                     const scalar* xs, const scalar* ys) noexcept {
    check_rows<true>("trainer::accumulate", state, xs, ys, batch_size);
    const std::uint64_t steps = state.steps;
    const typename Optimizer::progress before = state.progress;
    const scalar l =
        run<job<sharing::equal, gradient_source::accumulate>>(state, workers, xs, ys, nullptr);
    state.progress = before;
    state.steps = steps;
    state.calls += 1;
    return l;
  }

  TAPELESS_NATIVE static constexpr void apply(state_type& state, const Team& workers) noexcept {
    run<job<sharing::equal, gradient_source::accumulated>>(state, workers, nullptr, nullptr,
                                                           nullptr);
    state.gradient = {};
  }

  TAPELESS_NATIVE [[gnu::flatten]] static constexpr scalar loss(const state_type& state,
                                                                const Team& workers,
                                                                const scalar* xs, const scalar* ys,
                                                                int count) noexcept {
    check_rows<false>("trainer::loss", state, xs, ys, count);
    const scalar scalars[scalar_slots] = {};
    return padded(xs, ys, count, [&](const scalar* x, const scalar* y, const scalar* w) {
      return execute<loss_job>(const_cast<state_type&>(state), workers, scalars, x, y,
                               w);  // writes nothing
    });
  }

  TAPELESS_NATIVE [[gnu::flatten]] static constexpr void predict(const state_type& state,
                                                                 const scalar* xs, scalar* outputs,
                                                                 int count) noexcept {
    check_predict(state, xs, outputs, count);
    if (count >= batch_size) return forward_rows(state, xs, outputs);
    constexpr int inputs = base::input_size, results = base::output_size;
    scalar x[batch_size * inputs] = {}, y[batch_size * results] = {};
    copy_rows(xs, x, count, inputs);
    forward_rows(state, x, y);
    for (int i = 0; i < count * results; ++i) outputs[i] = y[i];
  }

 private:
  TAPELESS_CLANG_INLINE static constexpr void forward_rows(const state_type& state,
                                                              const scalar* xs,
                                                              scalar* ys) noexcept {
    if constexpr (std::is_same_v<Team, reference_semantics>)
      tapeless::forward<Net, by_reference, Options...>(state.theta, xs, ys);
    else
      tapeless::forward<Net, Options...>(state.theta, xs, ys);
  }

  /// Rows of a call, which lie outside of a state that the call changes.
  template <bool Changes>
  static TAPELESS_INLINE constexpr void check_rows(const char* where, const state_type& state,
                                                   const scalar* xs, const scalar* ys,
                                                   int count) noexcept {
    checked([&]() __attribute__((always_inline)) {
      require_count(count, batch_size, where);
      require_aligned(state.theta, where);
      require(xs != nullptr, where, "xs is null; pass the first row of the inputs");
      require(ys != nullptr, where, "ys is null; pass the first row of the targets");
      if constexpr (Changes) {
        const auto rows = static_cast<std::size_t>(count);
        const extent_of_memory own{&state, 1};
        require(!own.overlaps({xs, rows * base::input_size}), where,
                "xs overlaps the trainer, which the call changes; pass a copy");
        require(!own.overlaps({ys, rows * base::target_size}), where,
                "ys overlaps the trainer, which the call changes; pass a copy");
      }
    });
  }

  static TAPELESS_INLINE constexpr void check_predict(const state_type& state, const scalar* xs,
                                                      const scalar* outputs, int count) noexcept {
    checked([&]() __attribute__((always_inline)) {
      constexpr const char* where = "trainer::predict";
      require_count(count, batch_size, where);
      require_aligned(state.theta, where);
      require(xs != nullptr, where, "xs is null; pass the first row of the inputs");
      require(outputs != nullptr, where, "outputs is null; pass the first row for the outputs");
      const auto rows = static_cast<std::size_t>(count);
      const extent_of_memory out{outputs, rows * base::output_size};
      require(!out.overlaps({xs, rows * base::input_size}), where,
              "outputs overlap xs; give them memory of their own");
      require(!out.overlaps({&state, 1}), where,
              "outputs overlap the trainer; give them memory of their own");
    });
  }

  TAPELESS_NATIVE static constexpr void copy_rows(const scalar* from, scalar* to, int count,
                                                  int row) noexcept {
    for (int s = 0; s < batch_size; ++s)  // rows that do not exist repeat the last one
      for (int i = 0; i < row; ++i) to[s * row + i] = from[(s < count ? s : count - 1) * row + i];
  }

  /// Calls f with a whole batch whose first `count` rows share the loss.
  template <class F>
  TAPELESS_NATIVE static constexpr scalar padded(const scalar* xs, const scalar* ys, int count,
                                                 F&& f) noexcept {
    constexpr int inputs = base::input_size, targets = base::target_size;
    scalar x[batch_size * inputs] = {}, y[batch_size * targets] = {}, w[batch_size] = {};
    copy_rows(xs, x, count, inputs);
    copy_rows(ys, y, count, targets);
    const scalar share = is_summed<Loss> ? scalar(1) : scalar(1) / static_cast<scalar>(count);
    for (int s = 0; s < count; ++s) w[s] = share;
    return f(x, y, w);
  }

  /// One call that counts as a step.
  template <class Job>
  TAPELESS_NATIVE [[gnu::flatten]] static constexpr scalar run(state_type& state,
                                                               const Team& workers,
                                                               const scalar* xs, const scalar* ys,
                                                               const scalar* weight) noexcept {
    double numbers[6] = {};
    Optimizer::advance(state.options, state.progress, numbers);
    scalar scalars[scalar_slots] = {};
    for (int i = 0; i < Optimizer::scalars; ++i) scalars[i] = static_cast<scalar>(numbers[i]);
    scalars[seed_slot] = static_cast<scalar>(state.seed & 0xffffff);
    scalars[step_slot] = static_cast<scalar>((state.steps + state.calls) & 0xffffff);
    ++state.steps;
    return execute<Job>(state, workers, scalars, xs, ys, weight);
  }

  template <class Job>
  TAPELESS_NATIVE TAPELESS_CLANG_INLINE static constexpr scalar execute(
      state_type& state, const Team& workers, const scalar* scalars, const scalar* xs,
      const scalar* ys, const scalar* weight) noexcept {
    scalar loss = 0;
    call_memory<scalar> m;
    m.parameters = state.theta.data;
    m.gradients = state.gradient.data;
    m.state = state.slots;
    m.state_stride = Optimizer::states > 0 ? parameters<Net, scalar>::size : 0;
    m.input = xs;
    m.target = ys;
    m.weight = weight;
    m.scalars = scalars;
    m.loss = &loss;
    call_job<Job, (Optimizer::states > 0)>(m, workers);
    return loss;
  }
};

/// The same for the instruction set and the team of the options, or of this source and the caller.
template <class Net, class Loss, class Optimizer, class... Options>
using training_here = training<typename arch_in<options_of<Options...>>::type,
                               typename team_in<options_of<Options...>>::type, Net, Loss, Optimizer,
                               typename without_team<type_list<>, Options...>::type>;

}  // namespace tapeless::detail
