#pragma once
// Training on a batch that is cut into pieces: the gradients of all pieces add up, then there is
// one update.

#include <cstddef>
#include <tapeless/run/constant.hpp>
#include <tapeless/run/labels.hpp>
#include <tapeless/run/memory.hpp>
#include <tapeless/run/training_state.hpp>
#include <tapeless/run/update.hpp>

namespace tapeless::detail {

/// What `training` does where a piece is smaller than the batch. Jobs is a `training`.
template <class Jobs>
struct training_in_pieces {
  using scalar = typename Jobs::scalar;
  using state_type = typename Jobs::state_type;
  using memory_type = typename Jobs::memory_type;
  using team = typename Jobs::team;
  using Net = typename Jobs::base::network;
  using Loss = typename Jobs::base::loss_type;
  using gradient_job = typename Jobs::template piece_job<gradient_source::accumulate>;
  using update_job = typename Jobs::template piece_job<gradient_source::accumulated>;
  static constexpr int piece = Jobs::piece, inputs = Jobs::inputs, targets = Jobs::targets;

  /// The gradients add up in memory of the call: what a program has accumulated stays.
  TAPELESS_NATIVE static constexpr scalar step(state_type& state, const team& workers,
                                               const memory_type& memory, const scalar* xs,
                                               const scalar* ys, int count) noexcept {
    constexpr long long elements = step_elements();
    return with_memory<scalar, elements, Jobs::limit>(
        memory, elements, [&](scalar* room) __attribute__((always_inline)) {
          scalar* const gradients = room;
          for (int i = 0; i < gradient_elements; ++i) gradients[i] = 0;
          scalar* const arena = room + gradient_elements;
          const scalar loss = add_gradients(state, workers, xs, ys, count, gradients, arena);
          call_memory<scalar> m;
          m.gradients = gradients;
          Jobs::template run<update_job>(state, workers, m, nullptr, arena);
          return loss;
        });
  }

  TAPELESS_NATIVE static constexpr scalar accumulate(state_type& state, const team& workers,
                                                     const memory_type& memory, const scalar* xs,
                                                     const scalar* ys, int count) noexcept {
    constexpr long long elements = elements_to_add();
    const scalar loss = with_memory<scalar, elements, Jobs::limit>(
        memory, elements, [&](scalar* room) __attribute__((always_inline)) {
          return add_gradients(state, workers, xs, ys, count, state.gradient.data, room);
        });
    state.calls += 1;
    return loss;
  }

  /// Elements of memory that a step takes.
  static consteval long long step_elements() {
    constexpr long long update = update_job::arena_elements;
    constexpr long long adding = elements_to_add();
    return gradient_elements + (adding > update ? adding : update);
  }

 private:
  /// Elements of a block of gradients, up to a multiple of 64 bytes.
  static constexpr int gradient_elements = (parameters<Net, scalar>::size + 15) / 16 * 16;

  /// Elements of memory that `add_gradients` takes.
  static consteval long long elements_to_add() {
    return gradient_job::arena_elements + Jobs::template copied<piece>;
  }

  /// Adds the gradients of the first `count` rows to `gradients`, piece by piece; returns their
  /// loss. Room: for the intermediate values of a piece, and behind them for its rows and shares.
  TAPELESS_NATIVE static constexpr scalar add_gradients(state_type& state, const team& workers,
                                                        const scalar* xs, const scalar* ys,
                                                        int count, scalar* gradients,
                                                        scalar* room) noexcept {
    scalar* const share = room + gradient_job::arena_elements;
    scalar *const x = share + piece, *const y = x + std::ptrdiff_t{piece} * inputs;
    scalar scalars[slots_of_call<typename Jobs::choices>] = {};
    loss_options_in<Loss>::put(state.loss_options, scalars);
    const double counted = counted_share<Net, Loss>(ys, count);
    double sum = 0;
    for (int first = 0; first < count; first += piece) {
      const int left = count - first;
      const scalar* const own_x = xs + std::ptrdiff_t{first} * inputs;
      const scalar* const own_y = ys + std::ptrdiff_t{first} * targets;
      if (left < piece) {
        Jobs::template copy_rows<piece>(own_x, x, left, inputs);
        Jobs::template copy_rows<piece>(own_y, y, left, targets);
      }
      Jobs::template share_rows<piece>(share, 0, left, counted);
      call_memory<scalar> m;
      m.input = left < piece ? x : own_x;
      m.target = left < piece ? y : own_y;
      m.gradients = gradients;
      sum += static_cast<double>(
          Jobs::template execute<gradient_job>(state, workers, scalars, m, share, room));
    }
    return counted > 0 || is_summed<Loss> ? static_cast<scalar>(sum) : Jobs::mean_of_none;
  }
};

}  // namespace tapeless::detail
