#pragma once
// The bodies of `compiled` and `compiled_trainer`, for the source that instantiates them.

#include <tapeless/run/compiled.hpp>
#include <tapeless/run/trainer.hpp>

namespace tapeless {

namespace detail {

/// Whether the options mean what their names said where their meaning was not known.
template <class... Options>
constexpr bool check_named() {
  using choices = options_of<Options...>;
  static_assert(named_batch<Options...> == batch_in<choices>(),
                "Tapeless: the batch of something compiled once is given as batch<N> itself");
  static_assert(
      std::is_same_v<typename named_scalar<Options...>::type, typename scalar_in<choices>::type>,
      "Tapeless: the scalar type of something compiled once is given as scalar_type<T> "
      "itself");
  return true;
}

}  // namespace detail

template <class Net, class... Options>
[[gnu::flatten]] void compiled<Net, Options...>::forward(const parameters_type& theta,
                                                         const scalar* x, scalar* y) noexcept {
  static_assert(detail::check_named<Options...>());
  tapeless::forward<Net, Options...>(theta, x, y);
}

template <class Net, class Loss, class Optimizer, class... Options>
auto compiled_trainer<Net, Loss, Optimizer, Options...>::step(const scalar* xs,
                                                              const scalar* ys) noexcept -> scalar {
  static_assert(detail::check_named<Options...>());
  return detail::training_here<Net, Loss, Optimizer, Options...>::step(this->state_, this->team_,
                                                                       xs, ys);
}

template <class Net, class Loss, class Optimizer, class... Options>
auto compiled_trainer<Net, Loss, Optimizer, Options...>::step(const scalar* xs, const scalar* ys,
                                                              int count) noexcept -> scalar {
  return detail::training_here<Net, Loss, Optimizer, Options...>::step(this->state_, this->team_,
                                                                       xs, ys, count);
}

template <class Net, class Loss, class Optimizer, class... Options>
auto compiled_trainer<Net, Loss, Optimizer, Options...>::accumulate(const scalar* xs,
                                                                    const scalar* ys) noexcept
    -> scalar {
  return detail::training_here<Net, Loss, Optimizer, Options...>::accumulate(this->state_,
                                                                             this->team_, xs, ys);
}

template <class Net, class Loss, class Optimizer, class... Options>
void compiled_trainer<Net, Loss, Optimizer, Options...>::apply() noexcept {
  detail::training_here<Net, Loss, Optimizer, Options...>::apply(this->state_, this->team_);
}

template <class Net, class Loss, class Optimizer, class... Options>
auto compiled_trainer<Net, Loss, Optimizer, Options...>::loss(const scalar* xs, const scalar* ys,
                                                              int count) const noexcept -> scalar {
  return detail::training_here<Net, Loss, Optimizer, Options...>::loss(this->state_, this->team_,
                                                                       xs, ys, count);
}

template <class Net, class Loss, class Optimizer, class... Options>
void compiled_trainer<Net, Loss, Optimizer, Options...>::predict(const scalar* xs, scalar* outputs,
                                                                 int count) const noexcept {
  detail::training_here<Net, Loss, Optimizer, Options...>::predict(this->state_, xs, outputs,
                                                                   count);
}

}  // namespace tapeless
