#pragma once
// What trainers do, over a state that they own: the steps of `trainer` and `compiled_trainer`.

#include <cstddef>
#include <limits>
#include <tapeless/core/hana.hpp>
#include <tapeless/run/forward.hpp>
#include <tapeless/run/labels.hpp>
#include <tapeless/run/memory.hpp>
#include <tapeless/run/training_check.hpp>
#include <tapeless/run/training_in_pieces.hpp>
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
  using state_type = training_state<Net, Optimizer, scalar, loss_options_of<Loss>>;
  static constexpr int batch_size = batch_in<choices>();
  using memory_type = typename memory_in<Net, Loss, scalar, batch_size, choices>::type;
  using base = trainer_base<Net, Loss, Optimizer, scalar, batch_size, Team, memory_type,
                            memory_for_integers<Net, scalar, batch_size, choices>>;
  static constexpr int inputs = base::input_size, targets = base::target_size,
                       results = base::output_size;

  using team = Team;

  template <class Stage>
  using compiled_stage = compiled<Net, Stage, scalar, Arch, choices>;
  template <sharing Share, gradient_source Source>
  using stage = step_stage<Net, Loss, Optimizer, batch_size, choices, Share, Source>;
  template <sharing Share, gradient_source Source>
  using job = compiled_stage<stage<Share, Source>>;

  /// Samples that run at once: a batch, or a piece of it. Backward has its own pieces, for which
  /// the values of all layers are kept.
  static constexpr int piece = piece_for_team<Team, Net, scalar, Arch, choices, true>();
  static constexpr int rows_at_once = piece_for_team<Team, Net, scalar, Arch, choices, false>();
  static constexpr bool cuts = piece < batch_size;
  /// The gradient of a piece, added to what is stored, and the update from what is stored.
  template <gradient_source Source>
  using piece_job =
      compiled_stage<step_stage<Net, Loss, Optimizer, piece, choices, sharing::weighted, Source>>;
  using in_pieces = training_in_pieces<training>;
  using loss_job = compiled_stage<loss_stage<Net, Loss, rows_at_once>>;
  using predict_job = compiled_stage<forward_stage<Net, rows_at_once>>;

  static TAPELESS_INLINE constexpr scalar step(state_type& state, const Team& workers,
                                               const memory_type& memory, const scalar* xs,
                                               const scalar* ys) noexcept {
    require_rows_of_training<Net, Loss, true>("trainer::step", state, xs, ys, batch_size,
                                              batch_size);
    if constexpr (cuts)
      return in_pieces::step(state, workers, memory, xs, ys, batch_size);
    else
      return run_whole<job<sharing::equal, gradient_source::samples>>(state, workers, memory, xs,
                                                                      ys);
  }

  TAPELESS_NATIVE static constexpr scalar step(state_type& state, const Team& workers,
                                               const memory_type& memory, const scalar* xs,
                                               const scalar* ys, int count) noexcept {
    require_rows_of_training<Net, Loss, true>("trainer::step", state, xs, ys, count, batch_size);
    if (count < 1) return mean_of_none;
    if (count >= batch_size) return step(state, workers, memory, xs, ys);
    if constexpr (cuts)
      return in_pieces::step(state, workers, memory, xs, ys, count);
    else
      return run_partial<job<sharing::weighted, gradient_source::samples>>(state, workers, memory,
                                                                           xs, ys, count);
  }

  TAPELESS_NATIVE static constexpr scalar accumulate(state_type& state, const Team& workers,
                                                     const memory_type& memory, const scalar* xs,
                                                     const scalar* ys) noexcept {
    require_rows_of_training<Net, Loss, true>("trainer::accumulate", state, xs, ys, batch_size,
                                              batch_size);
    if constexpr (cuts)
      return in_pieces::accumulate(state, workers, memory, xs, ys, batch_size);
    else
      return without_step(state, [&] {
        return run_whole<job<sharing::equal, gradient_source::accumulate>>(state, workers, memory,
                                                                           xs, ys);
      });
  }

  TAPELESS_NATIVE static constexpr scalar accumulate(state_type& state, const Team& workers,
                                                     const memory_type& memory, const scalar* xs,
                                                     const scalar* ys, int count) noexcept {
    require_rows_of_training<Net, Loss, true>("trainer::accumulate", state, xs, ys, count,
                                              batch_size);
    if (count < 1) return mean_of_none;
    if (count >= batch_size) return accumulate(state, workers, memory, xs, ys);
    if constexpr (cuts)
      return in_pieces::accumulate(state, workers, memory, xs, ys, count);
    else
      return without_step(state, [&] {
        return run_partial<job<sharing::weighted, gradient_source::accumulate>>(
            state, workers, memory, xs, ys, count);
      });
  }

  TAPELESS_NATIVE static constexpr void apply(state_type& state, const Team& workers,
                                              const memory_type& memory) noexcept {
    using update = std::conditional_t<cuts, piece_job<gradient_source::accumulated>,
                                      job<sharing::equal, gradient_source::accumulated>>;
    run_whole<update>(state, workers, memory, nullptr, nullptr);
    // In place: a temporary would be a block of parameters on the stack.
    for (scalar& g : state.gradient.data) g = 0;
  }

  TAPELESS_NATIVE [[gnu::flatten]] static constexpr scalar loss(const state_type& state,
                                                                const Team& workers,
                                                                const memory_type& memory,
                                                                const scalar* xs, const scalar* ys,
                                                                int count) noexcept {
    require_rows_of_training<Net, Loss, false>("trainer::loss", state, xs, ys, count, 0);
    if (count < 1) return mean_of_none;
    const double counted = counted_share<Net, Loss>(ys, count);
    constexpr long long arena = loss_job::arena_elements;
    return with_memory<scalar, arena + copied<rows_at_once>, limit>(
        memory, arena + (count < rows_at_once ? copied<rows_at_once> : rows_at_once),
        [&](scalar* room) __attribute__((always_inline)) {
          scalar scalars[group_slot] = {};
          loss_options_in<Loss>::put(state.loss_options, scalars);
          scalar* const share = room + arena;
          scalar *const x = share + rows_at_once, *const y = x + rows_at_once * inputs;
          if (count < rows_at_once) {
            copy_rows<rows_at_once>(xs, x, count, inputs);
            copy_rows<rows_at_once>(ys, y, count, targets);
          }
          double sum = 0;
          for (int done = 0; done < count; done += rows_at_once) {
            // The last rows of a longer set are a whole batch too, of which some have no share.
            const int first = first_of<rows_at_once>(done, count);
            share_rows<rows_at_once>(share, done - first, count - first, counted);
            sum += static_cast<double>(execute<loss_job>(
                const_cast<state_type&>(state), workers, scalars,  // writes nothing
                count < rows_at_once ? x : xs + std::ptrdiff_t{first} * inputs,
                count < rows_at_once ? y : ys + std::ptrdiff_t{first} * targets, share, room));
            if (count - done <= rows_at_once) break;
          }
          return counted > 0 || is_summed<Loss> ? static_cast<scalar>(sum) : mean_of_none;
        });
  }

  TAPELESS_NATIVE [[gnu::flatten]] static constexpr void predict(const state_type& state,
                                                                 const memory_type& memory,
                                                                 const scalar* xs, scalar* outputs,
                                                                 int count) noexcept {
    require_rows_of_prediction<Net>(state, xs, outputs, count);
    if (count < 1) return;
    constexpr long long arena = predict_job::arena_elements;
    constexpr long long copies = rows_at_once > 1 ? (inputs + results) * long{rows_at_once} : 0;
    with_memory<scalar, arena + copies, limit>(
        memory, arena + (count < rows_at_once ? copies : 0),
        [&](scalar* room) __attribute__((always_inline)) {
          scalar *const x = room + arena, *const y = x + rows_at_once * inputs;
          const bool partial = count < rows_at_once;
          if (partial) copy_rows<rows_at_once>(xs, x, count, inputs);
          for (int done = 0; done < count; done += rows_at_once) {
            const int first = first_of<rows_at_once>(done, count);
            call_forward<predict_job, std::is_same_v<Team, reference_semantics>, true>(
                state.theta, partial ? x : xs + std::ptrdiff_t{first} * inputs,
                partial ? y : outputs + std::ptrdiff_t{first} * results, room);
            if (count - done <= rows_at_once) break;  // where done + rows_at_once would overflow
          }
          if (partial)
            for (int i = 0; i < count * results; ++i) outputs[i] = y[i];
          return 0;
        });
  }

 private:
  template <class>
  friend struct training_on_ports;
  template <class>
  friend struct training_in_pieces;

  static constexpr long long limit = stack_limit_in<choices>();
  /// Elements of a copy of so many rows, with a share for each.
  template <int Rows>
  static constexpr long long copied = (inputs + targets + 1) * static_cast<long long>(Rows);
  static constexpr long long copied_rows = copied<batch_size>;
  static constexpr scalar mean_of_none =
      is_summed<Loss> ? scalar(0) : std::numeric_limits<scalar>::quiet_NaN();

  /// The first row of the rows at once that begin at row `done` of `count`, earlier where they
  /// would reach beyond the last row.
  template <int Rows = batch_size>
  static TAPELESS_INLINE constexpr int first_of(int done, int count) noexcept {
    return count < Rows || done <= count - Rows ? done : count - Rows;
  }

  template <int Rows = batch_size>
  TAPELESS_NATIVE static constexpr void copy_rows(const scalar* from, scalar* to, int count,
                                                  int row) noexcept {
    for (int s = 0; s < Rows; ++s)  // rows that do not exist repeat the last one
      for (int i = 0; i < row; ++i) to[s * row + i] = from[(s < count ? s : count - 1) * row + i];
  }

  /// Rows begin to end of a batch share the loss with all rows of a call, which count `counted`.
  template <int Rows = batch_size>
  TAPELESS_NATIVE static constexpr void share_rows(scalar* share, int begin, int end,
                                                   double counted) noexcept {
    const scalar one =
        is_summed<Loss> || !(counted > 0) ? scalar(1) : scalar(1) / static_cast<scalar>(counted);
    for (int s = 0; s < Rows; ++s) share[s] = s >= begin && s < end ? one : scalar(0);
  }

  /// One call on a whole batch that counts as a step.
  template <class Job>
  TAPELESS_NATIVE static constexpr scalar run_whole(state_type& state, const Team& workers,
                                                    const memory_type& memory, const scalar* xs,
                                                    const scalar* ys) noexcept {
    return with_memory<scalar, Job::arena_elements, limit>(
        memory, Job::arena_elements, [&](scalar* room) __attribute__((always_inline)) {
          return run<Job>(state, workers, xs, ys, nullptr, room);
        });
  }

  /// The same on a batch of which the first `count` rows exist and share the loss.
  template <class Job>
  TAPELESS_NATIVE static constexpr scalar run_partial(state_type& state, const Team& workers,
                                                      const memory_type& memory, const scalar* xs,
                                                      const scalar* ys, int count) noexcept {
    constexpr long long elements = Job::arena_elements + copied_rows;
    return with_memory<scalar, elements, limit>(
        memory, elements, [&](scalar* room) __attribute__((always_inline)) {
          scalar* const share = room + Job::arena_elements;
          scalar *const x = share + batch_size, *const y = x + batch_size * inputs;
          copy_rows(xs, x, count, inputs);
          copy_rows(ys, y, count, targets);
          const double counted = counted_share<Net, Loss>(ys, count);
          share_rows(share, 0, count, counted);
          const scalar l = run<Job>(state, workers, x, y, share, room);
          return counted > 0 || is_summed<Loss> ? l : mean_of_none;
        });
  }

  /// A call that accumulates: it counts as a call, which draws numbers of its own, not as a step.
  template <class F>
  static TAPELESS_INLINE constexpr scalar without_step(state_type& state, F&& call) noexcept {
    const std::uint64_t steps = state.steps;
    const typename Optimizer::progress before = state.progress;
    const scalar l = call();
    state.progress = before;
    state.steps = steps;
    state.calls += 1;
    return l;
  }

  /// One call that counts as a step.
  template <class Job>
  TAPELESS_NATIVE [[gnu::flatten]] static constexpr scalar run(state_type& state,
                                                               const Team& workers,
                                                               const scalar* xs, const scalar* ys,
                                                               const scalar* weight,
                                                               scalar* arena) noexcept {
    call_memory<scalar> m;
    m.input = xs;
    m.target = ys;
    return run<Job>(state, workers, m, weight, arena);
  }
  /// The same on inputs and targets that stand in `m`.
  template <class Job>
  TAPELESS_NATIVE TAPELESS_CLANG_INLINE static constexpr scalar run(state_type& state,
                                                                    const Team& workers,
                                                                    call_memory<scalar>& m,
                                                                    const scalar* weight,
                                                                    scalar* arena) noexcept {
    double numbers[max_scalars] = {};
    scalar scalars[slots_of_call<choices>] = {};
    loss_options_in<Loss>::put(state.loss_options, scalars);
    advance_groups<choices, Optimizer>(state.options, state.progress, scalars);
    Optimizer::advance(state.options, state.progress, numbers);
    for (int i = 0; i < Optimizer::scalars; ++i) scalars[i] = static_cast<scalar>(numbers[i]);
    scalars[seed_slot] = static_cast<scalar>(state.seed & 0xffffff);
    scalars[step_slot] = static_cast<scalar>((state.steps + state.calls) & 0xffffff);
    ++state.steps;
    return execute<Job>(state, workers, scalars, m, weight, arena);
  }

  template <class Job>
  TAPELESS_NATIVE TAPELESS_CLANG_INLINE static constexpr scalar execute(
      state_type& state, const Team& workers, const scalar* scalars, const scalar* xs,
      const scalar* ys, const scalar* weight, scalar* arena) noexcept {
    call_memory<scalar> m;
    m.input = xs;
    m.target = ys;
    return execute<Job>(state, workers, scalars, m, weight, arena);
  }
  template <class Job>
  TAPELESS_NATIVE TAPELESS_CLANG_INLINE static constexpr scalar execute(
      state_type& state, const Team& workers, const scalar* scalars, call_memory<scalar>& m,
      const scalar* weight, scalar* arena) noexcept {
    scalar loss = 0;
    m.parameters = state.theta.data;
    if (m.gradients == nullptr) m.gradients = state.gradient.data;
    m.state = state.slots;
    m.state_stride = Optimizer::states > 0 ? parameters<Net, scalar>::size : 0;
    m.weight = weight;
    m.scalars = scalars;
    m.loss = &loss;
    m.arena = arena;
    call_job<Job, (Optimizer::states > 0), true>(m, workers);
    return loss;
  }
};

/// The same for the instruction set and the team of the options, or of this source and the caller.
template <class Net, class Loss, class Optimizer, class... Options>
using training_here = training<typename arch_in<options_of<Options...>>::type,
                               typename team_in<options_of<Options...>>::type, Net, Loss, Optimizer,
                               typename without_team<type_list<>, Options...>::type>;

}  // namespace tapeless::detail
