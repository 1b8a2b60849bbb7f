#pragma once
// The loss and its gradient with respect to every parameter.

#include <array>
#include <tapeless/core/checks.hpp>
#include <tapeless/run/constant.hpp>
#include <tapeless/run/forward.hpp>
#include <tapeless/run/gradient.hpp>
#include <tapeless/run/labels.hpp>
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

namespace detail {

template <class Net, class Loss, class T, class... Options>
using gradient_job =
    compiled<Net,
             gradient_stage<Net, Loss, batch_in<options_of<Options...>>(), options_of<Options...>>,
             T, typename arch_in<options_of<Options...>>::type, options_of<Options...>>;

/// Writes the gradients of the trainable parameters; the others are as they were.
template <class Net, class Loss, bool HasArena, class... Options, class T>
TAPELESS_NATIVE TAPELESS_CLANG_INLINE constexpr T gradient_into(
    const parameters<Net, T>& theta, const T* x, const T* t, parameters<Net, T>& gradient,
    [[maybe_unused]] T* arena) noexcept {
  using options = options_of<Options...>;
  using job = gradient_job<Net, Loss, T, Options...>;
  static_assert(check_loss_and_optimizer<Loss, void>());
  static_assert(check_options<call::value_and_grad, Options...>());
  static_assert(check_scalar_option<T, options>());
  require_one_network<Net>();
  require_one_loss<Net, Loss>();
  checked([&]() __attribute__((always_inline)) {
    constexpr const char* where = "value_and_grad";
    require_aligned(theta, where);
    require_aligned_gradient(gradient, where);
    require(x != nullptr, where, "x is null; pass the first row of the input");
    require(t != nullptr || target_size<Net, Loss> == 0, where, "t is null; pass the first row of the target");
    require(!extent_of_memory{&gradient, 1}.overlaps({&theta, 1}), where,
            "the gradient overlaps the parameters; give it memory of its own");
    require_labels<Net, Loss>(t, batch_in<options>(), where);
  });
  T loss = 0;
  call_memory<T> m;
  m.parameters = const_cast<T*>(theta.data);
  m.gradients = gradient.data;
  m.input = x;
  m.target = t;
  m.scalars = scalars_of_loss<Loss, T>.of;
  m.loss = &loss;
  m.arena = arena;
  if constexpr (is_by_reference<options>)
    call_job<job, false, HasArena>(m, reference_semantics{});
  else
    call_job<job, false, HasArena>(m);
  return loss;
}

}  // namespace detail

/// Memory for the intermediate values of `value_and_grad<Net, Loss, Options...>`.
template <class Net, class Loss, class T, class... Options>
using gradient_workspace =
    workspace<T, detail::gradient_job<Net, Loss, T, Options...>::arena_elements>;

/// Mean loss of `batch` samples and its gradient. x: rows of input_size scalars; t: rows of
/// target_size scalars (a class index is one scalar). Options: batch<N>, frozen_paths<...>,
/// instruction_set<Arch>, expand_as<Policy>, lanes_over<Axis>, costs<Model>, stack_limit<Bytes>,
/// by_reference; scalar_type<T> if it is that of the parameters.
/// x, t and the parameters are only read and may overlap each other; the result is memory of its
/// own. Neither allocates nor throws; usable in constant expressions.
template <class Net, class Loss, class... Options, class T>
TAPELESS_NATIVE [[gnu::flatten]] constexpr loss_and_gradient<Net, T> value_and_grad(
    const parameters<Net, T>& theta, const T* x, const T* t) noexcept {
  static_assert(
      detail::check_call<detail::call::value_and_grad,
                         detail::gradient_job<Net, Loss, T, Options...>, T, Options...>());
  loss_and_gradient<Net, T> r;
  r.loss = detail::gradient_into<Net, Loss, false, Options...>(theta, x, t, r.gradient,
                                                               static_cast<T*>(nullptr));
  return r;
}

/// The loss, with its gradient written into memory of the caller: for networks whose parameters are
/// larger than a stack. The gradient has the padding that parameters have, and 0 for frozen ones;
/// it does not overlap the parameters.
template <class Net, class Loss, class... Options, class T>
TAPELESS_NATIVE [[gnu::flatten]] constexpr T value_and_grad(const parameters<Net, T>& theta,
                                                            const T* x, const T* t,
                                                            parameters<Net, T>& gradient) noexcept {
  static_assert(
      detail::check_call<detail::call::value_and_grad,
                         detail::gradient_job<Net, Loss, T, Options...>, T, Options...>());
  for (T& g : gradient.data) g = 0;
  return detail::gradient_into<Net, Loss, false, Options...>(theta, x, t, gradient,
                                                             static_cast<T*>(nullptr));
}

/// The same with intermediate values in memory that the caller lends, as forward takes it.
template <class Net, class Loss, class... Options, class T>
TAPELESS_NATIVE [[gnu::flatten]] constexpr T value_and_grad(
    const parameters<Net, T>& theta, const T* x, const T* t, parameters<Net, T>& gradient,
    gradient_workspace<Net, Loss, T, Options...>& room) noexcept {
  for (T& g : gradient.data) g = 0;
  return detail::gradient_into<Net, Loss, true, Options...>(theta, x, t, gradient, room.data);
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

/// Refuses vectors and spans, in a sentence: their length is not known when the call is compiled.
template <class Net, class Loss, class... Options, class T, class Xs, class Ts, class... More>
requires(detail::holds_rows<Xs> || detail::holds_rows<Ts>) constexpr loss_and_gradient<Net, T>
    value_and_grad(const parameters<Net, T>&, const Xs&, const Ts&, More&&...) noexcept {
  static_assert(never<Xs>,
                "Tapeless: value_and_grad takes two std::array, or pointers: "
                "tl::value_and_grad<net, loss>(theta, x.data(), t.data())");
  return {};
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
