#pragma once
// What a trainer holds and tells of itself, without a line of how it trains.

#include <tapeless/run/options.hpp>
#include <tapeless/run/topology.hpp>

namespace tapeless {

/// All that training depends on, trivially copyable: parameters, optimizer state, options, seed
/// and counts.
template <class Net, class Optimizer, class T>
struct training_state {
  using parameters_type = tapeless::parameters<Net, T>;

  parameters_type theta;
  typename Optimizer::options options;
  std::uint64_t seed = 0;
  std::uint64_t steps = 0;
  std::uint64_t calls = 0;
  typename Optimizer::progress progress = {};
  static constexpr int slot_count = Optimizer::states * parameters_type::size;
  alignas(64) T slots[slot_count > 0 ? slot_count : 1] = {};
  parameters_type gradient = {};
};

/// Sizes, state and accessors of every trainer; the steps are the derived classes'.
template <class Net, class Loss, class Optimizer, class T, int Batch, class Team>
class trainer_base {
  static_assert(std::is_void_v<decltype(detail::explain_loss<Loss>())>);

 public:
  using network = Net;
  using optimizer = Optimizer;
  using scalar = T;
  using parameters_type = tapeless::parameters<Net, T>;
  using options_type = typename Optimizer::options;
  using state_type = training_state<Net, Optimizer, T>;

  static constexpr int batch_size = Batch;
  static constexpr int input_size = tapeless::input_size<Net>;
  static constexpr int output_size = tapeless::output_size<Net>;
  static constexpr int target_size = tapeless::target_size<Net, Loss>;
  static constexpr std::uint64_t topology_hash = tapeless::topology_hash<Net>;
  static constexpr std::uint64_t packing_hash = tapeless::packing_hash<Net>;
  static constexpr std::uint64_t optimizer_hash = tapeless::optimizer_hash<Optimizer>;

  TAPELESS_NATIVE constexpr explicit trainer_base(const parameters_type& start,
                                                  options_type options = {},
                                                  std::uint64_t random_seed = 0)
      : state_{start, options, random_seed} {}
  // Ends a team of threads.
  TAPELESS_NATIVE ~trainer_base() = default;
  trainer_base(const trainer_base&) = default;
  trainer_base& operator=(const trainer_base&) = default;

  TAPELESS_NATIVE constexpr parameters_type& parameters() noexcept { return state_.theta; }
  TAPELESS_NATIVE constexpr const parameters_type& parameters() const noexcept {
    return state_.theta;
  }
  TAPELESS_NATIVE constexpr options_type& options() noexcept { return state_.options; }
  TAPELESS_NATIVE constexpr const options_type& options() const noexcept { return state_.options; }
  /// Updates made so far.
  TAPELESS_NATIVE constexpr std::uint64_t steps() const noexcept { return state_.steps; }
  TAPELESS_NATIVE constexpr state_type& state() noexcept { return state_; }
  TAPELESS_NATIVE constexpr const state_type& state() const noexcept { return state_; }

 protected:
  state_type state_;
  [[no_unique_address]] Team team_;
};

namespace detail {

template <class Net, class Loss, class Optimizer, class... Options>
using trainer_base_of =
    trainer_base<Net, Loss, Optimizer, typename scalar_in<options_of<Options...>>::type,
                 batch_in<options_of<Options...>>(),
                 typename team_in<options_of<Options...>>::type>;

}  // namespace detail
}  // namespace tapeless
