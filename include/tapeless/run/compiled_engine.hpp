#pragma once
// The bodies of `compiled` and `compiled_trainer`, for the source that instantiates them.

#include <tapeless/run/compiled.hpp>
#include <tapeless/run/counted.hpp>
#include <tapeless/run/port_training.hpp>
#include <tapeless/run/trainer.hpp>

namespace tapeless {

template <class Net, class... Options>
[[gnu::flatten]] void compiled<Net, Options...>::forward(const parameters_type& theta,
                                                         const scalar* x, scalar* y) noexcept {
  tapeless::forward<Net, Options...>(theta, x, y);
}

template <class Net, class... Options>
void compiled<Net, Options...>::forward(const parameters_type& theta, const scalar* x, scalar* y,
                                        int count) noexcept {
  tapeless::forward<Net, Options...>(theta, x, y, count);
}

template <class Net, class... Options>
long long compiled<Net, Options...>::workspace_size() noexcept {
  return forward_workspace<Net, scalar, Options...>::elements;
}

template <class Net, class... Options>
[[gnu::flatten]] void compiled<Net, Options...>::forward(const parameters_type& theta,
                                                         const scalar* x, scalar* y,
                                                         scalar* room) noexcept {
  using job = detail::forward_job<Net, scalar, Options...>;
  using choices = detail::options_of<Options...>;
  detail::check_forward<Net, scalar, batch_size>(theta, x, y);
  detail::checked([&]() __attribute__((always_inline)) {
    constexpr const char* where = "compiled::forward";
    detail::require(room != nullptr, where, "room is null; pass workspace_size() scalars");
    detail::require(reinterpret_cast<std::uintptr_t>(room) % 64 == 0, where,
                    "room is not aligned to 64 bytes");
  });
  detail::forward_batch<job, detail::forward_piece<Net, scalar, Options...>, choices, true>(
      theta, x, y, room);
}

template <class Net, class Loss, class Optimizer, class... Options>
auto compiled_trainer<Net, Loss, Optimizer, Options...>::step(const scalar* xs,
                                                              const scalar* ys) noexcept -> scalar {
  return detail::training_here<Net, Loss, Optimizer, Options...>::step(this->state_, this->team_,
                                                                       this->memory_, xs, ys);
}

template <class Net, class Loss, class Optimizer, class... Options>
auto compiled_trainer<Net, Loss, Optimizer, Options...>::step(const scalar* xs, const scalar* ys,
                                                              int count) noexcept -> scalar {
  return detail::training_here<Net, Loss, Optimizer, Options...>::step(
      this->state_, this->team_, this->memory_, xs, ys, count);
}

template <class Net, class Loss, class Optimizer, class... Options>
auto compiled_trainer<Net, Loss, Optimizer, Options...>::accumulate(const scalar* xs,
                                                                    const scalar* ys) noexcept
    -> scalar {
  return detail::training_here<Net, Loss, Optimizer, Options...>::accumulate(
      this->state_, this->team_, this->memory_, xs, ys);
}

template <class Net, class Loss, class Optimizer, class... Options>
auto compiled_trainer<Net, Loss, Optimizer, Options...>::accumulate(const scalar* xs,
                                                                    const scalar* ys,
                                                                    int count) noexcept -> scalar {
  return detail::training_here<Net, Loss, Optimizer, Options...>::accumulate(
      this->state_, this->team_, this->memory_, xs, ys, count);
}

template <class Net, class Loss, class Optimizer, class... Options>
void compiled_trainer<Net, Loss, Optimizer, Options...>::apply() noexcept {
  detail::training_here<Net, Loss, Optimizer, Options...>::apply(this->state_, this->team_,
                                                                 this->memory_);
}

template <class Net, class Loss, class Optimizer, class... Options>
auto compiled_trainer<Net, Loss, Optimizer, Options...>::loss(const scalar* xs, const scalar* ys,
                                                              int count) const noexcept -> scalar {
  return detail::training_here<Net, Loss, Optimizer, Options...>::loss(
      this->state_, this->team_, this->memory_, xs, ys, count);
}

template <class Net, class Loss, class Optimizer, class... Options>
void compiled_trainer<Net, Loss, Optimizer, Options...>::predict(const scalar* xs, scalar* outputs,
                                                                 int count) const noexcept {
  detail::training_here<Net, Loss, Optimizer, Options...>::predict(this->state_, this->memory_, xs,
                                                                   outputs, count);
}

template <class Net, class... Options>
[[gnu::flatten]] void compiled<Net, Options...>::forward_rows(
    const parameters_type& theta, const detail::port_rows<scalar>& p) noexcept {
  detail::forward_ports<Net, detail::all_outputs<Net>, Options...>(theta, p);
}

namespace detail {
template <class Net, class Loss, class Optimizer, class... Options>
using port_training_here = training_on_ports<training_here<Net, Loss, Optimizer, Options...>>;
}

template <class Net, class Loss, class Optimizer, class... Options>
auto compiled_trainer<Net, Loss, Optimizer, Options...>::step_rows(const rows& p,
                                                                   int count) noexcept -> scalar {
  return detail::port_training_here<Net, Loss, Optimizer, Options...>::step(
      this->state_, this->team_, this->memory_, p, count);
}

template <class Net, class Loss, class Optimizer, class... Options>
auto compiled_trainer<Net, Loss, Optimizer, Options...>::accumulate_rows(const rows& p,
                                                                         int count) noexcept
    -> scalar {
  return detail::port_training_here<Net, Loss, Optimizer, Options...>::accumulate(
      this->state_, this->team_, this->memory_, p, count);
}

template <class Net, class Loss, class Optimizer, class... Options>
auto compiled_trainer<Net, Loss, Optimizer, Options...>::loss_of_rows(const rows& p,
                                                                      int count) const noexcept
    -> scalar {
  return detail::port_training_here<Net, Loss, Optimizer, Options...>::loss(
      this->state_, this->team_, this->memory_, p, count);
}

template <class Net, class Loss, class Optimizer, class... Options>
void compiled_trainer<Net, Loss, Optimizer, Options...>::predict_rows(const rows& p,
                                                                      int count) const noexcept {
  detail::port_training_here<Net, Loss, Optimizer,
                             Options...>::template predict<detail::all_outputs<Net>>(this->state_,
                                                                                     this->memory_,
                                                                                     p, count);
}

}  // namespace tapeless
