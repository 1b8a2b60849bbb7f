#pragma once
// The loss and its gradient with respect to every parameter.

#include <array>
#include <tapeless/core/checks.hpp>
#include <tapeless/run/constant.hpp>
#include <tapeless/run/gradient.hpp>
#include <tapeless/run/parameters.hpp>
#include <tapeless/run/rows.hpp>
#include <tapeless/run/target.hpp>

namespace tapeless {

/// Loss of a batch and its gradient; the gradient has the layout and the paths of the parameters,
/// and is 0 for frozen ones.
template <class Net, class T>
struct loss_and_gradient {
  T loss = 0;
  parameters<Net, T> gradient;

  TAPELESS_NATIVE constexpr loss_and_gradient() = default;
};

/// Mean loss of `batch` samples and its gradient. x: rows of input_size scalars; t: rows of
/// target_size scalars (a class index is one scalar). Options: batch<N>, frozen_paths<...>,
/// instruction_set<Arch>, expand_as<Policy>, lanes_over<Axis>.
/// x, t and the parameters are only read and may overlap each other; the result is memory of its
/// own. Neither allocates nor throws; usable in constant expressions.
template <class Net, class Loss, class... Options, class T>
TAPELESS_NATIVE [[gnu::flatten]] constexpr loss_and_gradient<Net, T> value_and_grad(
    const parameters<Net, T>& theta, const T* x, const T* t) noexcept {
  using options = detail::options_of<Options...>;
  using stage = detail::gradient_stage<Net, Loss, detail::batch_in<options>(), options>;
  using job = detail::compiled<Net, stage, T, typename detail::arch_in<options>::type, options>;
  detail::checked([&]() __attribute__((always_inline)) {
    detail::require_aligned(theta, "value_and_grad");
    detail::require(x != nullptr, "value_and_grad", "x is null; pass the first row of the input");
    detail::require(t != nullptr, "value_and_grad", "t is null; pass the first row of the target");
  });
  loss_and_gradient<Net, T> r;
  detail::call_memory<T> m;
  m.parameters = const_cast<T*>(theta.data);
  m.gradients = r.gradient.data;
  m.input = x;
  m.target = t;
  m.scalars = detail::no_scalars<T>;
  m.loss = &r.loss;
  if constexpr (detail::is_by_reference<options>)
    detail::call_job<job, false>(m, detail::reference_semantics{});
  else
    detail::call_job<job, false>(m);
  return r;
}

/// Loss and gradient of one sample.
template <class Net, class Loss, class... Options, class T>
TAPELESS_NATIVE constexpr loss_and_gradient<Net, T> value_and_grad(
    const parameters<Net, T>& theta,
    const std::array<T, static_cast<std::size_t>(input_size<Net>)>& x,
    const std::array<T, static_cast<std::size_t>(target_size<Net, Loss>)>& t) noexcept {
  detail::check_one_sample<Options...>();
  return value_and_grad<Net, Loss, Options...>(theta, x.data(), t.data());
}

/// Refuses a sample or a target of another length or scalar type, in a sentence.
template <class Net, class Loss, class... Options, class T, class U, class V, std::size_t N,
          std::size_t M>
requires(
    !detail::is_row<std::array<U, N>, T, input_size<Net>> ||
    !detail::is_row<
        std::array<V, M>, T,
        target_size<Net,
                    Loss>>) constexpr loss_and_gradient<Net,
                                                        T> value_and_grad(const parameters<Net, T>&,
                                                                          const std::array<U, N>&,
                                                                          const std::array<
                                                                              V, M>&) noexcept {
  detail::check_input<Net, T, U, N>();
  detail::check_target<target_size<Net, Loss>, T, V, M>();
  return {};
}

}  // namespace tapeless
