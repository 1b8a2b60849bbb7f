#pragma once
// Networks whose engines are compiled once: declared here, defined in run/compiled_engine.hpp, and
// instantiated in the one source that includes it.

#include <array>
#include <tapeless/run/rows.hpp>
#include <tapeless/run/port_rows.hpp>
#include <tapeless/run/training_state.hpp>

namespace tapeless {

/// Inference as a function of another source:
///
///   using tagger_engine = tl::compiled<tagger>;    // in a header that includes declare.hpp
///   template struct tl::compiled<tagger>;          // in one source that includes tapeless.hpp
///
/// Options: as those of forward, and scalar_type<T>. Without instruction_set<Arch> it is compiled
/// for the instruction set of the source that instantiates it, whatever its callers are for.
template <class Net, class... Options>
struct compiled {
  using network = Net;
  using scalar = typename detail::scalar_in<detail::options_of<Options...>>::type;
  using parameters_type = parameters<Net, scalar>;
  static_assert(detail::check_options<detail::call::compiled, Options...>());
  static constexpr int batch_size = detail::batch_in<detail::options_of<Options...>>();
  static constexpr int input_size = tapeless::input_size<Net>;
  static constexpr int output_size = tapeless::output_size<Net>;

  /// y = network(x) for batch_size rows of input_size scalars into rows of output_size scalars.
  /// The numbers of tapeless::forward, to the bit; neither allocates nor throws. y overlaps neither
  /// x nor the parameters; checked where TAPELESS_CHECKS is 1 in the source that instantiates.
  static void forward(const parameters_type& theta, const scalar* x, scalar* y) noexcept;

  /// The same for `count` rows, any number from 1 on, computed batch by batch.
  static void forward(const parameters_type& theta, const scalar* x, scalar* y,
                      int count) noexcept;

  /// How many scalars of memory a call needs for intermediate values.
  static long long workspace_size() noexcept;

  /// The same as the first with intermediate values in memory that the caller lends, aligned to 64
  /// bytes: workspace_size() scalars, for callers whose stack is small. One call at a time may use
  /// it; what it holds before and after has no meaning.
  static void forward(const parameters_type& theta, const scalar* x, scalar* y,
                      scalar* room) noexcept;

  /// The output of one sample.
  template <std::size_t N>
  TAPELESS_NATIVE static std::array<scalar, static_cast<std::size_t>(output_size)> forward(
      const parameters_type& theta, const std::array<scalar, N>& x) noexcept {
    static_assert(batch_size == 1, "Tapeless: one sample was given where the options say a batch");
    static_assert(N == static_cast<std::size_t>(input_size),
                  "Tapeless: the input of this network has another number of scalars than this "
                  "array");
    std::array<scalar, static_cast<std::size_t>(output_size)> y;
    forward(theta, x.data(), y.data());
    return y;
  }

  /// Refuses vectors and spans, in a sentence.
  template <detail::holds_rows Rows, class... Outputs>
  static std::array<scalar, static_cast<std::size_t>(output_size)> forward(
      const parameters_type&, const Rows&, Outputs&&...) noexcept {
    static_assert(sizeof(Rows) == 0,
                  "Tapeless: forward takes a std::array, or pointers: "
                  "engine::forward(theta, x.data(), y.data())");
    return {};
  }
  /// All outputs, each in a buffer of its own, from a buffer for each input, as tapeless::forward
  /// takes them. All are computed, so all stand there.
  template <detail::is_port First, class... Rest>
  TAPELESS_NATIVE static void forward(const parameters_type& theta, const First& first,
                                      const Rest&... rest) noexcept {
    detail::with_ports_of<Net, detail::without_loss, scalar, batch_size,
                          detail::outputs_taken::all,
                          detail::more_rows::refused>(
        detail::no_owned_memory{},
        [&]<unsigned>(const detail::port_rows<scalar>& p, int) {
          forward_rows(theta, p);
          return scalar(0);
        },
        first, rest...);
  }

 private:
  static void forward_rows(const parameters_type& theta,
                           const detail::port_rows<scalar>& p) noexcept;
};

/// A trainer whose steps are functions of another source, instantiated as `compiled` is:
///
///   template class tl::compiled_trainer<tagger, tl::cross_entropy, tl::sgd>;
///
/// Interface, options, state, numbers and rules for memory are those of trainer; it does not run in
/// constant expressions. Rules are checked where TAPELESS_CHECKS is 1 in the source that
/// instantiates.
template <class Net, class Loss, class Optimizer, class... Options>
class compiled_trainer : public detail::trainer_base_of<Net, Loss, Optimizer, Options...> {
  using base = detail::trainer_base_of<Net, Loss, Optimizer, Options...>;
  static_assert(detail::check_loss_and_optimizer<Loss, Optimizer>());
  static_assert(detail::check_options<detail::call::trainer, Options...>());

 public:
  // Always inlined: where a header says `extern template class`, callers with other flags than the
  // source that instantiates would look for functions of their own instruction set.
  /// Starts from these parameters; the seed is that of dropout.
  TAPELESS_INLINE explicit compiled_trainer(const typename base::parameters_type& start,
                                            typename base::options_type options = {},
                                            std::uint64_t random_seed = 0)
      : base{start, options, random_seed} {}
  /// Starts from a seed as `init` does, or from `drawn<Scheme>{seed}`, in place.
  template <class Start>
  requires(!std::is_convertible_v<const Start&, const typename base::parameters_type&>)
  TAPELESS_INLINE explicit compiled_trainer(const Start& start,
                                            typename base::options_type options = {},
                                            std::uint64_t random_seed = 0)
      : base{start, options, random_seed} {}
  TAPELESS_INLINE ~compiled_trainer() = default;
  TAPELESS_INLINE compiled_trainer(const compiled_trainer&) = default;
  TAPELESS_INLINE compiled_trainer& operator=(const compiled_trainer&) = default;
  using base::batch_size;
  using typename base::scalar;

  // Containers and views are refused, in a sentence.
  template <class Xs, class Ys, class... Count>
  requires(detail::is_container<Xs> || detail::is_container<Ys>) scalar
      step(const Xs&, const Ys&, Count...) noexcept {
    static_assert(sizeof(Xs) == 0, "Tapeless: a trainer takes pointers to rows: "
                                   "t.step(xs.data(), ys.data())");
    return 0;
  }
  template <class Xs, class Ys, class... Count>
  requires(detail::is_container<Xs> || detail::is_container<Ys>) scalar
      accumulate(const Xs&, const Ys&, Count...) noexcept {
    static_assert(sizeof(Xs) == 0, "Tapeless: a trainer takes pointers to rows: "
                                   "t.accumulate(xs.data(), ys.data())");
    return 0;
  }
  template <class Xs, class Ys, class... Count>
  requires(detail::is_container<Xs> || detail::is_container<Ys>) scalar
      loss(const Xs&, const Ys&, Count...) const noexcept {
    static_assert(sizeof(Xs) == 0, "Tapeless: a trainer takes pointers to rows and their number: "
                                   "t.loss(xs.data(), ys.data(), count)");
    return 0;
  }
  template <class Xs, class Outputs, class... Count>
  requires(detail::is_container<Xs> || detail::is_container<Outputs>) void predict(
      const Xs&, const Outputs&, Count...) const noexcept {
    static_assert(sizeof(Xs) == 0, "Tapeless: a trainer takes pointers to rows and their number: "
                                   "t.predict(xs.data(), outputs.data(), count)");
  }

  /// One update from a full batch; its loss before the update.
  scalar step(const scalar* xs, const scalar* ys) noexcept;
  /// One update from the first `count` rows of a batch, 1 <= count <= batch_size.
  scalar step(const scalar* xs, const scalar* ys, int count) noexcept;
  /// Adds the gradient of a batch to the accumulated one, without an update; its loss.
  scalar accumulate(const scalar* xs, const scalar* ys) noexcept;
  /// The same for the first `count` rows of a batch, 1 <= count <= batch_size.
  scalar accumulate(const scalar* xs, const scalar* ys, int count) noexcept;
  /// One update from the accumulated gradient, which starts again from 0.
  void apply() noexcept;
  /// Mean loss of `count` rows, any number from 1 on, without dropout and without an update.
  scalar loss(const scalar* xs, const scalar* ys, int count = batch_size) const noexcept;
  /// Outputs of `count` rows, any number from 1 on: rows of output_size scalars.
  void predict(const scalar* xs, scalar* outputs, int count = batch_size) const noexcept;

  // The same with a buffer for each input and target, as forward and value_and_grad take them:
  // t.step(tl::in<"a">(as), tl::in<"b">(bs), tl::target_of<"y">(ys)), and the count, if any, behind.

  template <detail::is_port First, class... Rest>
  TAPELESS_NATIVE scalar step(const First& first, const Rest&... rest) noexcept {
    return detail::with_ports_of<Net, Loss, scalar, batch_size, detail::outputs_taken::none,
                                detail::more_rows::refused>(
        this->integers_,
        [&]<unsigned>(const rows& p, int count) { return step_rows(p, count); }, first,
        rest...);
  }
  template <detail::is_port First, class... Rest>
  TAPELESS_NATIVE scalar accumulate(const First& first, const Rest&... rest) noexcept {
    return detail::with_ports_of<Net, Loss, scalar, batch_size, detail::outputs_taken::none,
                                detail::more_rows::refused>(
        this->integers_,
        [&]<unsigned>(const rows& p, int count) { return accumulate_rows(p, count); }, first,
        rest...);
  }
  template <detail::is_port First, class... Rest>
  TAPELESS_NATIVE scalar loss(const First& first, const Rest&... rest) const noexcept {
    return detail::with_ports_of<Net, Loss, scalar, batch_size, detail::outputs_taken::none,
                                base::rows_of_loss>(
        this->integers_,
        [&]<unsigned>(const rows& p, int count) { return loss_of_rows(p, count); }, first,
        rest...);
  }
  /// All outputs, each in a buffer of its own.
  template <detail::is_port First, class... Rest>
  TAPELESS_NATIVE void predict(const First& first, const Rest&... rest) const noexcept {
    detail::with_ports_of<Net, detail::without_loss, scalar, batch_size,
                          detail::outputs_taken::all,
                          detail::more_rows::summed>(
        this->integers_,
        [&]<unsigned>(const rows& p, int count) {
          predict_rows(p, count);
          return scalar(0);
        },
        first, rest...);
  }

 private:
  using rows = detail::port_rows<scalar>;
  scalar step_rows(const rows& p, int count) noexcept;
  scalar accumulate_rows(const rows& p, int count) noexcept;
  scalar loss_of_rows(const rows& p, int count) const noexcept;
  void predict_rows(const rows& p, int count) const noexcept;
};

}  // namespace tapeless
