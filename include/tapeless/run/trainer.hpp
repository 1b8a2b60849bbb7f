#pragma once
// Training: forward, backward and update in one call.

#include <tapeless/run/rows.hpp>
#include <tapeless/run/port_training.hpp>
#include <tapeless/run/training.hpp>
#include <tapeless/run/value_and_grad.hpp>

namespace tapeless {

/// Trains a network: owns parameters and optimizer state in one struct without pointers, so that it
/// can be copied, stored and sent whole.
///
/// Intermediate values live on the stack during a call, as many bytes as the plan's arena
/// (`cost_of` says how many), with a copy of the rows where a call has fewer than batch_size. Where
/// these may be more than 32 KB, or than stack_limit<Bytes> says, the trainer keeps them in a block
/// of the heap of its own instead: its first calls take the block, later ones do not allocate, and
/// copies of the trainer have blocks of their own. It is not trivially copyable then; its state()
/// is.
///
/// Options: batch<N>, scalar_type<T>, clip_by_norm<L>, clip_by_value<L>, frozen_paths<...>,
/// parameter_group<settings, ...>, instruction_set<Arch>, expand_as<Policy>, lanes_over<Axis>,
/// costs<Model>, stack_limit<Bytes>, pieces_of<N>, threads<N>, by_reference, in any order, each kind once; several
/// frozen_paths and groups add up. Of both
/// clips the one that stands first is applied first. What is no option, or no option of a trainer,
/// does not compile.
/// A batch whose values would leave the caches runs in pieces of samples where samples do not meet,
/// as pieces_of<N> says or the planner chooses; results differ by rounding alone.
/// xs: rows of input_size scalars; ys: rows of target_size scalars (a class index is one scalar).
///
/// Memory: xs and ys are only read, and may be the same or overlap each other. Where a call changes
/// the trainer (step, accumulate) they lie outside of it. The outputs of predict overlap neither xs
/// nor the trainer. Rows need no alignment, and only `count` of them are read or written; the
/// trainer has the alignment of its type. Checked where TAPELESS_CHECKS is 1.
///
/// With threads<N> (tapeless/threads.hpp) it owns N - 1 threads too, which start and end with it:
/// then it can be neither copied nor moved, nor used in constant expressions; its state() can be
/// copied. One thread at a time may call it.
template <class Net, class Loss, class Optimizer, class... Options>
class trainer : public detail::training_here<Net, Loss, Optimizer, Options...>::base {
  using jobs = detail::training_here<Net, Loss, Optimizer, Options...>;
  using base = typename jobs::base;
  using base::memory_;
  using base::state_;
  using base::team_;
  using on_ports = detail::training_on_ports<jobs>;

  static_assert(detail::check_loss_and_optimizer<Loss, Optimizer>());
  static_assert(detail::check_options<detail::call::trainer, Options...>());

 public:
  /// Starts from these parameters; the seed is that of dropout.
  TAPELESS_NATIVE constexpr explicit trainer(const typename base::parameters_type& start,
                                             typename base::options_type options = {},
                                             std::uint64_t random_seed = 0)
      : base{start, options, random_seed} {}
  /// Starts from a seed as `init` does, or from `drawn<Scheme>{seed}`, in place: for trainers that
  /// are larger than a stack, as `std::make_unique<trainer<...>>(seed{1})`.
  template <class Start>
  requires(!std::is_convertible_v<const Start&, const typename base::parameters_type&>)
      TAPELESS_NATIVE
      constexpr explicit trainer(const Start& start, typename base::options_type options = {},
                                 std::uint64_t random_seed = 0)
      : base{start, options, random_seed} {}
  TAPELESS_NATIVE ~trainer() = default;
  TAPELESS_NATIVE trainer(const trainer&) = default;
  TAPELESS_NATIVE trainer& operator=(const trainer&) = default;
  using base::batch_size;
  using typename base::scalar;

  /// One update from a full batch; its loss before the update. Constant time and memory.
  TAPELESS_NATIVE constexpr scalar step(const scalar* xs, const scalar* ys) noexcept {
    return jobs::step(state_, team_, memory_, xs, ys);
  }

  /// One update from the first `count` rows of a batch, 1 <= count <= batch_size: the mean runs
  /// over those, as PyTorch takes it over the smaller last batch of an epoch. Other counts end the
  /// program where TAPELESS_CHECKS is 1. Else count < 1 reads nothing, changes nothing and returns
  /// NaN (0 of a summed loss), and count > batch_size takes the first batch_size rows.
  TAPELESS_NATIVE constexpr scalar step(const scalar* xs, const scalar* ys, int count) noexcept {
    return jobs::step(state_, team_, memory_, xs, ys, count);
  }

  // Containers and views are refused, in a sentence.
  template <class Xs, class Ys, class... Count>
  requires(detail::is_container<Xs> || detail::is_container<Ys>) constexpr scalar
      step(const Xs&, const Ys&, Count...) noexcept {
    static_assert(never<Xs>, "Tapeless: a trainer takes pointers to rows: "
                             "t.step(xs.data(), ys.data())");
    return 0;
  }
  template <class Xs, class Ys, class... Count>
  requires(detail::is_container<Xs> || detail::is_container<Ys>) constexpr scalar
      accumulate(const Xs&, const Ys&, Count...) noexcept {
    static_assert(never<Xs>, "Tapeless: a trainer takes pointers to rows: "
                             "t.accumulate(xs.data(), ys.data())");
    return 0;
  }
  template <class Xs, class Ys, class... Count>
  requires(detail::is_container<Xs> || detail::is_container<Ys>) constexpr scalar
      loss(const Xs&, const Ys&, Count...) const noexcept {
    static_assert(never<Xs>, "Tapeless: a trainer takes pointers to rows and their number: "
                             "t.loss(xs.data(), ys.data(), count)");
    return 0;
  }
  template <class Xs, class Outputs, class... Count>
  requires(detail::is_container<Xs> || detail::is_container<Outputs>) constexpr void predict(
      const Xs&, const Outputs&, Count...) const noexcept {
    static_assert(never<Xs>, "Tapeless: a trainer takes pointers to rows and their number: "
                             "t.predict(xs.data(), outputs.data(), count)");
  }

  /// Adds the gradient of a batch to the accumulated one, without an update; its loss.
  TAPELESS_NATIVE constexpr scalar accumulate(const scalar* xs, const scalar* ys) noexcept {
    return jobs::accumulate(state_, team_, memory_, xs, ys);
  }

  /// The same for the first `count` rows of a batch; counts as in step.
  TAPELESS_NATIVE constexpr scalar accumulate(const scalar* xs, const scalar* ys,
                                              int count) noexcept {
    return jobs::accumulate(state_, team_, memory_, xs, ys, count);
  }

  /// One update from the accumulated gradient, which starts again from 0. The gradient is the sum
  /// over the calls of accumulate, as in PyTorch; divide the learning rate for their mean.
  TAPELESS_NATIVE constexpr void apply() noexcept { jobs::apply(state_, team_, memory_); }

  /// Mean loss of `count` rows, any number from 1 on, without dropout and without an update.
  /// Computed batch by batch; a count that is no multiple of batch_size costs one batch more.
  /// count < 1 ends the program where TAPELESS_CHECKS is 1, else reads nothing and returns NaN (0
  /// of a summed loss).
  TAPELESS_NATIVE constexpr scalar loss(const scalar* xs, const scalar* ys,
                                        int count = batch_size) const noexcept {
    return jobs::loss(state_, team_, memory_, xs, ys, count);
  }

  /// Outputs of `count` rows, any number from 1 on: rows of output_size scalars, computed batch by
  /// batch. The caller alone computes them, whatever the number of threads. count < 1 ends the
  /// program where TAPELESS_CHECKS is 1, else it reads and writes nothing.
  TAPELESS_NATIVE constexpr void predict(const scalar* xs, scalar* outputs,
                                         int count = batch_size) const noexcept {
    jobs::predict(state_, memory_, xs, outputs, count);
  }

  // The same with a buffer for each input and target, as forward and value_and_grad take them:
  // t.step(tl::in<"a">(as), tl::in<"b">(bs), tl::target_of<"y">(ys)), and the count, if any, behind.

  template <detail::is_port First, class... Rest>
  TAPELESS_NATIVE constexpr scalar step(const First& first, const Rest&... rest) noexcept {
    return detail::with_ports_of<Net, Loss, scalar, batch_size, detail::outputs_taken::none,
                                detail::more_rows::refused>(
        this->integers_,
        [&]<unsigned>(const detail::port_rows<scalar>& p, int count) {
          return on_ports::step(state_, team_, memory_, p, count);
        },
        first, rest...);
  }
  template <detail::is_port First, class... Rest>
  TAPELESS_NATIVE constexpr scalar accumulate(const First& first, const Rest&... rest) noexcept {
    return detail::with_ports_of<Net, Loss, scalar, batch_size, detail::outputs_taken::none,
                                detail::more_rows::refused>(
        this->integers_,
        [&]<unsigned>(const detail::port_rows<scalar>& p, int count) {
          return on_ports::accumulate(state_, team_, memory_, p, count);
        },
        first, rest...);
  }
  template <detail::is_port First, class... Rest>
  TAPELESS_NATIVE constexpr scalar loss(const First& first, const Rest&... rest) const noexcept {
    return detail::with_ports_of<Net, Loss, scalar, batch_size, detail::outputs_taken::none,
                                base::rows_of_loss>(
        this->integers_,
        [&]<unsigned>(const detail::port_rows<scalar>& p, int count) {
          return on_ports::loss(state_, team_, memory_, p, count);
        },
        first, rest...);
  }
  /// Outputs that are asked for: t.predict(tl::in<"a">(as), tl::in<"b">(bs), tl::out<"y">(ys)).
  template <detail::is_port First, class... Rest>
  TAPELESS_NATIVE constexpr void predict(const First& first, const Rest&... rest) const noexcept {
    detail::with_ports_of<Net, detail::without_loss, scalar, batch_size,
                          detail::outputs_taken::some,
                          detail::more_rows::summed>(
        this->integers_,
        [&]<unsigned Outputs>(const detail::port_rows<scalar>& p, int count) {
          on_ports::template predict<Outputs>(state_, memory_, p, count);
          return scalar(0);
        },
        first, rest...);
  }
};

/// Refuses a trainer, in a sentence.
template <int = 0, class Trainer>  // a number first: apply<Op>(x) names an operation there
requires requires(Trainer& t) { t.apply(); t.accumulate(nullptr, nullptr); }
constexpr void apply(Trainer&&) {
  static_assert(never<Trainer>,
                "Tapeless: tl::apply<Op>(x) records an operation in a graph; the gradient that a "
                "trainer has accumulated is applied by t.apply()");
}

}  // namespace tapeless
