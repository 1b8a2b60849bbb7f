#pragma once
// What a trainer demands of the rows of a call, where checks are on.

#include <cstddef>
#include <tapeless/core/checks.hpp>
#include <tapeless/run/labels.hpp>
#include <tapeless/run/memory.hpp>
#include <tapeless/run/training_state.hpp>

namespace tapeless::detail {

/// Rows of inputs and targets, which lie outside of a state that the call changes. Most: how many
/// rows the call takes, 0 for any number.
template <class Net, class Loss, bool Changes, class State, class T>
TAPELESS_INLINE constexpr void require_rows_of_training(const char* where, const State& state,
                                                        const T* xs, const T* ys, int count,
                                                        int most) noexcept {
  checked([&]() __attribute__((always_inline)) {
    require_count(count, most, where);
    require_aligned(state.theta, where);
    require(xs != nullptr, where, "xs is null; pass the first row of the inputs");
    require(ys != nullptr || target_size<Net, Loss> == 0, where,
            "ys is null; pass the first row of the targets");
    require_labels<Net, Loss>(ys, count, where);
    if constexpr (Changes) {
      const auto rows = static_cast<std::size_t>(count);
      const extent_of_memory own{&state, 1};
      require(!own.overlaps({xs, rows * input_size<Net>}), where,
              "xs overlaps the trainer, which the call changes; pass a copy");
      require(!own.overlaps({ys, rows * target_size<Net, Loss>}), where,
              "ys overlaps the trainer, which the call changes; pass a copy");
    }
  });
}

/// Rows of inputs, and memory for rows of outputs apart from inputs and state.
template <class Net, class State, class T>
TAPELESS_INLINE constexpr void require_rows_of_prediction(const State& state, const T* xs,
                                                          const T* outputs, int count) noexcept {
  checked([&]() __attribute__((always_inline)) {
    constexpr const char* where = "trainer::predict";
    require_count(count, 0, where);
    require_aligned(state.theta, where);
    require(xs != nullptr, where, "xs is null; pass the first row of the inputs");
    require(outputs != nullptr, where, "outputs is null; pass the first row for the outputs");
    const auto rows = static_cast<std::size_t>(count);
    const extent_of_memory out{outputs, rows * output_size<Net>};
    require(!out.overlaps({xs, rows * input_size<Net>}), where,
            "outputs overlap xs; give them memory of their own");
    require(!out.overlaps({&state, 1}), where,
            "outputs overlap the trainer; give them memory of their own");
  });
}

}  // namespace tapeless::detail
