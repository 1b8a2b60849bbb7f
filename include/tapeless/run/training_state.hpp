#pragma once
// What a trainer holds and tells of itself, without a line of how it trains.

#include <tapeless/run/labels.hpp>
#include <tapeless/run/memory.hpp>
#include <tapeless/run/one_definition.hpp>
#include <tapeless/run/option_list.hpp>
#include <tapeless/run/port_rows.hpp>
#include <tapeless/run/topology.hpp>
#include <type_traits>

namespace tapeless {

/// All that training depends on, trivially copyable: parameters, optimizer state, options, seed
/// and counts.
template <class Net, class Optimizer, class T, class LossOptions = detail::no_loss_options>
struct training_state {
  using parameters_type = tapeless::parameters<Net, T>;

  parameters_type theta;
  typename Optimizer::options options;
  std::uint64_t seed = 0;
  std::uint64_t steps = 0;
  std::uint64_t calls = 0;
  typename Optimizer::progress progress = {};
  [[no_unique_address]] LossOptions loss_options = {};
  static constexpr int slot_count = Optimizer::states * parameters_type::size;
  alignas(64) T slots[slot_count > 0 ? slot_count : 1] = {};
  parameters_type gradient = {};
};

namespace detail {

/// Hash of what gives the options of a loss their meaning; 0 where it has none.
template <class Net, class Loss>
consteval std::uint64_t hash_of_options() {
  if constexpr (std::is_same_v<loss_options_of<Loss>, no_loss_options> || !whole_loss<Loss>)
    return 0;
  else
    return hash_of_loss<Loss, output_shape<Net>>();
}

}  // namespace detail

/// Sizes, state and accessors of every trainer; the steps are the derived classes'.
template <class Net, class Loss, class Optimizer, class T, int Batch, class Team, class Memory,
          class Integers>
class trainer_base {
  static_assert(std::is_void_v<decltype(detail::explain_loss<Loss>())>);

 public:
  using network = Net;
  using loss_type = Loss;
  using optimizer = Optimizer;
  using scalar = T;
  using parameters_type = tapeless::parameters<Net, T>;
  using options_type = typename Optimizer::options;
  using loss_options_type = detail::loss_options_of<Loss>;
  using state_type = training_state<Net, Optimizer, T, loss_options_type>;

  static constexpr int batch_size = Batch;
  static constexpr int input_size = tapeless::input_size<Net>;
  static constexpr int output_size = tapeless::output_size<Net>;
  static constexpr int target_size = tapeless::target_size<Net, Loss>;
  /// Classes whose index is the target of a row; 0 if targets are no class indices.
  static constexpr int classes = detail::classes_of<Net, Loss>;
  /// Whether a target row is the index of a class for every step of a sequence.
  static constexpr bool labels_steps = detail::has_classes_of_steps<Loss>();
  static constexpr std::uint64_t topology_hash = tapeless::topology_hash<Net>;
  static constexpr std::uint64_t packing_hash = tapeless::packing_hash<Net>;
  static constexpr std::uint64_t optimizer_hash = tapeless::optimizer_hash<Optimizer>;
  /// Identifies a loss that has options, which are part of the state; 0 of others.
  static constexpr std::uint64_t loss_hash = detail::hash_of_options<Net, Loss>();

  TAPELESS_NATIVE constexpr explicit trainer_base(const parameters_type& start,
                                                  options_type options = {},
                                                  std::uint64_t random_seed = 0)
      : state_{start, options, random_seed} {
    require_definitions();
  }
  /// Starts from what `init_into(parameters(), start)` makes, such as a seed: no parameters stand
  /// on the stack meanwhile.
  template <class Start>
  requires(!std::is_convertible_v<const Start&, const parameters_type&>) TAPELESS_NATIVE
      constexpr explicit trainer_base(const Start& start, options_type options,
                                      std::uint64_t random_seed)
      : state_{{}, options, random_seed} {
    require_definitions();
    constexpr bool starts = requires(parameters_type & theta) { init_into(theta, start); };
    static_assert(starts || sizeof(Start) == 0,
                  "Tapeless: a trainer starts from parameters, tl::init<net>(tl::seed{1}), from a "
                  "seed, or from tl::drawn<scheme>{seed}");
    if constexpr (starts) init_into(state_.theta, start);
  }
  // Ends a team of threads.
  TAPELESS_NATIVE ~trainer_base() = default;
  TAPELESS_NATIVE trainer_base(const trainer_base&) = default;
  TAPELESS_NATIVE trainer_base& operator=(const trainer_base&) = default;

  TAPELESS_NATIVE constexpr parameters_type& parameters() noexcept { return state_.theta; }
  TAPELESS_NATIVE constexpr const parameters_type& parameters() const noexcept {
    return state_.theta;
  }
  TAPELESS_NATIVE constexpr options_type& options() noexcept { return state_.options; }
  TAPELESS_NATIVE constexpr const options_type& options() const noexcept { return state_.options; }
  /// The numbers of a loss that may change while training; an empty struct for other losses.
  TAPELESS_NATIVE constexpr loss_options_type& loss_options() noexcept {
    return state_.loss_options;
  }
  TAPELESS_NATIVE constexpr const loss_options_type& loss_options() const noexcept {
    return state_.loss_options;
  }
  /// Whether a target row is one that the loss takes: for losses over class indices a whole number
  /// from 0 to classes - 1 or the ignored index, for others anything.
  TAPELESS_NATIVE static constexpr bool is_target(const scalar* row) noexcept {
    return row != nullptr && detail::is_target_row<Net, Loss>(row);
  }
  /// Whether the loss leaves samples of one label out (ignore_index), and which.
  static constexpr bool ignores_label = detail::ignored_label_of<Loss>().exists;
  static constexpr int ignored_label = detail::ignored_label_of<Loss>().index;
  /// What the first `count` target rows count together in the mean of the loss: each 1, but 0 for
  /// the ignored index and the weight of its class where classes have weights.
  TAPELESS_NATIVE static constexpr double counted_share(const scalar* ys, int count) noexcept {
    return detail::counted_share<Net, Loss>(ys, count);
  }
  /// Whether the last scalar of a target row is the weight of its sample.
  static constexpr bool reads_sample_weights = detail::reads_sample_weights<Loss>();
  /// Updates made so far.
  TAPELESS_NATIVE constexpr std::uint64_t steps() const noexcept { return state_.steps; }
  TAPELESS_NATIVE constexpr state_type& state() noexcept { return state_; }
  TAPELESS_NATIVE constexpr const state_type& state() const noexcept { return state_; }

 protected:
  static TAPELESS_INLINE constexpr void require_definitions() noexcept {
    detail::require_one_network<Net>();
    detail::require_one_loss<Net, Loss>();
    detail::require_one_optimizer<Optimizer>();
  }

  state_type state_;
  [[no_unique_address]] Team team_;
  [[no_unique_address]] Memory memory_;
  [[no_unique_address]] Integers integers_;
  /// How the losses of parts of the rows become one.
  static constexpr detail::more_rows rows_of_loss =
      is_summed<Loss> ? detail::more_rows::summed : detail::more_rows::averaged;
};

namespace detail {

template <class Net, class Loss, class Optimizer, class... Options>
using trainer_base_of = trainer_base<
    Net, Loss, Optimizer, typename scalar_in<options_of<Options...>>::type,
    batch_in<options_of<Options...>>(), typename team_in<options_of<Options...>>::type,
    typename memory_in<Net, Loss, typename scalar_in<options_of<Options...>>::type,
                       batch_in<options_of<Options...>>(), options_of<Options...>>::type,
    memory_for_integers<Net, typename scalar_in<options_of<Options...>>::type,
                        batch_in<options_of<Options...>>(), options_of<Options...>>>;

}  // namespace detail
}  // namespace tapeless
