#pragma once
// forward and value_and_grad of as many rows as the caller has, by code for a fixed batch.

#include <cstddef>
#include <limits>
#include <tapeless/run/value_and_grad.hpp>

namespace tapeless {

namespace detail {

/// `count` rows of a batch; rows that do not exist repeat the last one.
template <class T>
TAPELESS_NATIVE constexpr void copy_rows(const T* from, T* to, int count, int batch,
                                         int row) noexcept {
  for (int s = 0; s < batch; ++s)
    for (int i = 0; i < row; ++i)
      to[std::ptrdiff_t{s} * row + i] = from[std::ptrdiff_t{s < count ? s : count - 1} * row + i];
}

/// Stack of a call with a copy of the rows of a batch that is not full.
template <call Call, long long Elements, class T, class O>
consteval bool check_counted_stack() {
  if constexpr (requires { O::most_stack; })
    static_assert(
        call_on_the_stack<Call, Elements* static_cast<long long>(sizeof(T)), O::most_stack>::fits,
        "Tapeless: a call with a count needs more stack for its intermediate values and for a copy "
        "of the rows of a batch than stack_limit allows; take a smaller batch");
  return true;
}

/// Out of line, so that calls of whole batches need no stack for copies.
template <class Net, class... Options, class T>
TAPELESS_NATIVE [[gnu::noinline]] constexpr void forward_partial(const parameters<Net, T>& theta,
                                                                 const T* x, T* y,
                                                                 int count) noexcept {
  constexpr int batch = batch_in<options_of<Options...>>();
  constexpr int inputs = input_size<Net>, outputs = output_size<Net>;
  alignas(64) T rows[std::size_t{batch} * inputs + 1] = {};
  alignas(64) T results[std::size_t{batch} * outputs + 1] = {};
  copy_rows(x, rows, count, batch, inputs);
  forward<Net, Options...>(theta, static_cast<const T*>(rows), static_cast<T*>(results));
  for (int i = 0; i < count * outputs; ++i) y[i] = results[i];
}

}  // namespace detail

/// y = network(x) for `count` rows, any number from 1 on, of input_size scalars into rows of
/// output_size scalars: computed batch by batch of the size that the options say, so that a count
/// which is no multiple of it costs one batch more. Options and memory as for forward without a
/// count; where count is less than a batch, rows are copied to the stack. count < 1 ends the
/// program where TAPELESS_CHECKS is 1, else reads and writes nothing.
template <class Net, class... Options, class T>
TAPELESS_NATIVE constexpr void forward(const parameters<Net, T>& theta, const T* x, T* y,
                                       int count) noexcept {
  using options = detail::options_of<Options...>;
  constexpr int batch = detail::batch_in<options>();
  constexpr int inputs = input_size<Net>, outputs = output_size<Net>;
  static_assert(detail::check_counted_stack<
                detail::call::forward,
                detail::forward_job<Net, T, Options...>::arena_elements +
                    (batch > 1 ? (inputs + outputs) * static_cast<long long>(batch) : 0),
                T, options>());
  detail::checked([&]() __attribute__((always_inline)) {
    constexpr const char* where = "forward";
    detail::require_count(count, 0, where);
    detail::require(x != nullptr, where, "x is null; pass the first row of the input");
    detail::require(y != nullptr, where, "y is null; pass the first row for the output");
    const auto rows = static_cast<std::size_t>(count);
    detail::require(!detail::extent_of_memory{y, rows * outputs}.overlaps({x, rows * inputs}),
                    where, "y overlaps x; give the output memory of its own");
  });
  if (count < 1) return;
  if constexpr (batch > 1)
    if (count < batch) return detail::forward_partial<Net, Options...>(theta, x, y, count);
  for (int done = 0;; done += batch) {
    // The last rows of several batches are a whole batch too, some of it computed twice.
    const std::ptrdiff_t first = done <= count - batch ? done : count - batch;
    forward<Net, Options...>(theta, x + first * inputs, y + first * outputs);
    if (count - done <= batch) break;  // where done + batch would overflow
  }
}

/// Mean loss of the first `count` rows of a batch, 1 <= count <= batch, and its gradient written
/// into memory of the caller, as value_and_grad without a count does. It costs a whole batch and a
/// copy of the rows on the stack. Other counts end the program where TAPELESS_CHECKS is 1. Else
/// count < 1 reads nothing, makes the gradient 0 and returns NaN (0 of a summed loss), and count >
/// batch takes the first batch of rows.
template <class Net, class Loss, class... Options, class T>
TAPELESS_NATIVE constexpr T value_and_grad(const parameters<Net, T>& theta, const T* x, const T* t,
                                           parameters<Net, T>& gradient, int count) noexcept {
  using options = detail::options_of<Options...>;
  constexpr int batch = detail::batch_in<options>();
  constexpr int inputs = input_size<Net>, targets = target_size<Net, Loss>;
  constexpr const char* where = "value_and_grad";
  detail::checked([&]() __attribute__((always_inline)) {
    detail::require_count(count, batch, where);
  });
  constexpr T mean_of_none = is_summed<Loss> ? T(0) : std::numeric_limits<T>::quiet_NaN();
  if (count < 1) {
    for (T& g : gradient.data) g = 0;
    return mean_of_none;
  }
  if (count >= batch) return value_and_grad<Net, Loss, Options...>(theta, x, t, gradient);
  if constexpr (batch > 1) {
    detail::require_one_network<Net>();
    detail::require_one_loss<Net, Loss>();
    using job = detail::compiled<
        Net, detail::gradient_stage<Net, Loss, batch, options, detail::sharing::weighted>, T,
        typename detail::arch_in<options>::type, options>;
    static_assert(
        detail::check_counted_stack<detail::call::value_and_grad,
                                    job::arena_elements +
                                        (inputs + targets + 1) * static_cast<long long>(batch),
                                    T, options>());
    detail::checked([&]() __attribute__((always_inline)) {
      detail::require_aligned(theta, where);
      detail::require_aligned_gradient(gradient, where);
      detail::require(x != nullptr, where, "x is null; pass the first row of the input");
      detail::require(t != nullptr || targets == 0, where,
                      "t is null; pass the first row of the target");
      detail::require(!detail::extent_of_memory{&gradient, 1}.overlaps({&theta, 1}), where,
                      "the gradient overlaps the parameters; give it memory of its own");
      detail::require_labels<Net, Loss>(t, count, where);
    });
    for (T& g : gradient.data) g = 0;
    alignas(64) T rows[std::size_t{batch} * inputs + 1] = {};
    alignas(64) T wanted[std::size_t{batch} * targets + 1] = {};
    T share[batch] = {};
    detail::copy_rows(x, rows, count, batch, inputs);
    detail::copy_rows(t, wanted, count, batch, targets);
    const double counted = detail::counted_share<Net, Loss>(t, count);
    for (int s = 0; s < count; ++s)
      share[s] = is_summed<Loss> || !(counted > 0) ? T(1) : T(1) / static_cast<T>(counted);
    T loss = 0;
    detail::call_memory<T> m;
    m.parameters = const_cast<T*>(theta.data);
    m.gradients = gradient.data;
    m.input = rows;
    m.target = wanted;
    m.weight = share;
    m.scalars = detail::scalars_of_loss<Loss, T>.of;
    m.loss = &loss;
    if constexpr (detail::is_by_reference<options>)
      detail::call_job<job, false, false>(m, detail::reference_semantics{});
    else
      detail::call_job<job, false, false>(m);
    return counted > 0 || is_summed<Loss> ? loss : mean_of_none;
  }
  return mean_of_none;
}

/// The same with the gradient as a result.
template <class Net, class Loss, class... Options, class T>
TAPELESS_NATIVE constexpr loss_and_gradient<Net, T> value_and_grad(const parameters<Net, T>& theta,
                                                                   const T* x, const T* t,
                                                                   int count) noexcept {
  loss_and_gradient<Net, T> r;
  r.loss = value_and_grad<Net, Loss, Options...>(theta, x, t, r.gradient, count);
  return r;
}

}  // namespace tapeless
