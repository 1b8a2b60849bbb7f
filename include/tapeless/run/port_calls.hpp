#pragma once
// forward and value_and_grad with a buffer for each input, output and target.

#include <tapeless/run/forward.hpp>
#include <tapeless/run/port_rows.hpp>
#include <tapeless/run/value_and_grad.hpp>

namespace tapeless {

namespace detail {

/// Forward pass that stores the outputs of a mask, in their order.
template <class Net, int Batch, unsigned Outputs>
struct forward_ports_stage {
  static constexpr int expected_nodes = forward_table<Net, Batch, false>.node_count + max_ports;
  static consteval void build(graph& g) {
    load(g, forward_table<Net, Batch, false>);
    int kept = 0;
    for (int k = 0; k < g.result_count && !g.failed(); ++k)
      if ((Outputs >> k & 1) != 0) g.results[kept++] = g.results[k];
    if (g.failed()) return;
    g.result_count = kept;
    for (int k = 0; k < kept; ++k) store(g.result(k), place::output, k);
    separate_ports(g);
  }
};

/// Every output of a network.
template <class Net>
inline constexpr unsigned all_outputs = (1u << ports_of<Net>.count_of(port_kind::output)) - 1;

/// Whether rows are the same as buffers of their own: one input, and the first output alone.
template <class Net, unsigned Outputs>
inline constexpr bool is_one_row = ports_of<Net>.count_of(port_kind::input) <= 1 && Outputs == 1;

template <class Net, int Batch, unsigned Outputs>
using stage_for_ports = std::conditional_t<is_one_row<Net, Outputs>, forward_stage<Net, Batch>,
                                           forward_ports_stage<Net, Batch, Outputs>>;

/// Puts the buffers of a call, from row `first` on, where a job looks for them.
template <class Net, class Loss, unsigned Outputs, class T>
TAPELESS_NATIVE constexpr void set_ports(call_memory<T>& m, const port_rows<T>& p,
                                         int first = 0) noexcept {
  constexpr const auto& table = ports_of<Net, Loss>;
  const auto from = [&](port_kind k, int i) { return std::ptrdiff_t{first} * table.size_of(k, i); };
  for (int i = 0; i < table.count_of(port_kind::input); ++i)
    m.input_at(i) = p.inputs[i] + from(port_kind::input, i);
  for (int i = 0; i < table.count_of(port_kind::target); ++i)
    m.target_at(i) = p.targets[i] + from(port_kind::target, i);
  for (int k = 0, slot = 0; k < table.count_of(port_kind::output); ++k)
    if ((Outputs >> k & 1) != 0) m.output_at(slot++) = p.outputs[k] + from(port_kind::output, k);
}

template <class Net, unsigned Outputs, class... Options, class T>
TAPELESS_NATIVE TAPELESS_CLANG_INLINE constexpr void forward_ports(const parameters<Net, T>& theta,
                                                                   const port_rows<T>& p) noexcept {
  using options = options_of<Options...>;
  constexpr int samples = batch_in<options>();
  using job = compiled<Net, stage_for_ports<Net, samples, Outputs>, T,
                       typename arch_in<options>::type, options>;
  static_assert(check_call<call::forward, job, T, Options...>());
  require_one_network<Net>();
  checked([&]() __attribute__((always_inline)) {
    require_aligned(theta, "forward");
    require_ports<Net, without_loss>(p, Outputs, samples, {&theta, 1}, false, "forward");
  });
  call_memory<T> m;
  m.parameters = const_cast<T*>(theta.data);
  m.scalars = no_scalars<T>;
  set_ports<Net, without_loss, Outputs>(m, p);
  if constexpr (is_by_reference<options>)
    call_job<job, false>(m, reference_semantics{});
  else
    call_job<job, false>(m);
}

/// Whether a loss has one target and its network one input.
template <class Net, class Loss>
inline constexpr bool trains_on_one_row = ports_of<Net, Loss>.count_of(port_kind::input) <= 1 &&
                                          ports_of<Net, Loss>.count_of(port_kind::target) <= 1;

/// A stage of a training call for buffers of their own, or for rows where these are the same.
template <class Net, class Loss, class Stage>
using training_stage_for_ports =
    std::conditional_t<trains_on_one_row<Net, Loss>, Stage, with_ports<Stage>>;

template <class Net, class Loss, class... Options, class T>
TAPELESS_NATIVE TAPELESS_CLANG_INLINE constexpr T gradient_of_ports(
    const parameters<Net, T>& theta, parameters<Net, T>& gradient, const port_rows<T>& p) noexcept {
  using options = options_of<Options...>;
  constexpr int samples = batch_in<options>();
  using stage = training_stage_for_ports<Net, Loss, gradient_stage<Net, Loss, samples, options>>;
  using job = compiled<Net, stage, T, typename arch_in<options>::type, options>;
  static_assert(check_loss_and_optimizer<Loss, void>());
  static_assert(check_call<call::value_and_grad, job, T, Options...>());
  require_one_network<Net>();
  checked([&]() __attribute__((always_inline)) {
    constexpr const char* where = "value_and_grad";
    require_aligned(theta, where);
    require_aligned(gradient, where);
    require(!extent_of_memory{&gradient, 1}.overlaps({&theta, 1}), where,
            "the gradient overlaps the parameters; give it memory of its own");
    require_ports<Net, Loss>(p, 0, samples, {&gradient, 1}, false, where);
    require_labels_of_ports<Net, Loss>(p, samples, where);
  });
  T loss = 0;
  call_memory<T> m;
  m.parameters = const_cast<T*>(theta.data);
  m.gradients = gradient.data;
  m.scalars = scalars_of_loss<Loss, T>.of;
  m.loss = &loss;
  set_ports<Net, Loss, 0>(m, p);
  if constexpr (is_by_reference<options>)
    call_job<job, false>(m, reference_semantics{});
  else
    call_job<job, false>(m);
  return loss;
}

/// The buffers of a call that owns no memory; integers are converted on its stack.
template <class Net, class Loss, outputs_taken Outputs, class... Options, class F, class T,
          class... Ports>
TAPELESS_INLINE constexpr T with_ports_of_call(F&& f, const parameters<Net, T>&,
                                               const Ports&... ports) noexcept {
  using options = options_of<Options...>;
  constexpr int samples = batch_in<options>();
  constexpr long long bytes =
      static_cast<long long>(integers_of<Net>) * samples * static_cast<long long>(sizeof(T));
  if constexpr (requires { options::most_stack; })
    static_assert(call_on_the_stack<call::forward, bytes, options::most_stack>::fits,
                  "Tapeless: a call needs more stack for its intermediate values than stack_limit "
                  "allows; lend it a workspace, or take a smaller batch");
  return with_ports_of<Net, Loss, T, samples, Outputs, more_rows::refused>(no_owned_memory{}, f,
                                                                           ports...);
}

}  // namespace detail

/// The outputs that are asked for, each in a buffer of its own, from a buffer for each input:
///
///   tl::forward<net, tl::batch<8>>(theta, tl::in<"board">(b), tl::in<"clock">(c),
///                                  tl::out<"policy">(p), tl::out<"value">(v));
///
/// Buffers stand in any order: `batch` rows of what their input or output has per sample, or a
/// std::array of as many scalars. Every input stands there once; outputs that are not asked for are
/// not computed. Rules for memory and options as above; outputs do not overlap each other either.
template <class Net, class... Options, class T, detail::is_port... Ports>
requires(sizeof...(Ports) > 0) TAPELESS_NATIVE
    [[gnu::flatten]] constexpr void forward(const parameters<Net, T>& theta,
                                            const Ports&... ports) noexcept {
  detail::with_ports_of_call<Net, detail::without_loss, detail::outputs_taken::some, Options...>(
      [&]<unsigned Outputs>(const detail::port_rows<T>& p, int) __attribute__((always_inline)) {
        detail::forward_ports<Net, Outputs, Options...>(theta, p);
        return T(0);
      },
      theta, ports...);
}

/// Loss and gradient from a buffer for each input and for each target:
///
///   tl::value_and_grad<net, loss, tl::batch<8>>(theta, tl::in<"board">(b), tl::in<"clock">(c),
///                                               tl::target_of<"policy">(p));
///
/// A target has the name of the output that the loss compares it with, "y" of a network with one
/// output.
template <class Net, class Loss, class... Options, class T, detail::is_port... Ports>
requires(sizeof...(Ports) > 0) TAPELESS_NATIVE
    [[gnu::flatten]] constexpr loss_and_gradient<Net, T> value_and_grad(
        const parameters<Net, T>& theta, const Ports&... ports) noexcept {
  loss_and_gradient<Net, T> r;
  r.loss = detail::with_ports_of_call<Net, Loss, detail::outputs_taken::none, Options...>(
      [&]<unsigned>(const detail::port_rows<T>& p, int) __attribute__((always_inline)) {
        return detail::gradient_of_ports<Net, Loss, Options...>(theta, r.gradient, p);
      },
      theta, ports...);
  return r;
}
/// The same with the gradient written into memory of the caller; returns the loss.
template <class Net, class Loss, class... Options, class T, detail::is_port... Ports>
requires(sizeof...(Ports) > 0) TAPELESS_NATIVE [[gnu::flatten]] constexpr T
    value_and_grad(const parameters<Net, T>& theta, parameters<Net, T>& gradient,
                   const Ports&... ports) noexcept {
  for (T& g : gradient.data) g = 0;
  return detail::with_ports_of_call<Net, Loss, detail::outputs_taken::none, Options...>(
      [&]<unsigned>(const detail::port_rows<T>& p, int) __attribute__((always_inline)) {
        return detail::gradient_of_ports<Net, Loss, Options...>(theta, gradient, p);
      },
      theta, ports...);
}

/// Refuses a number of rows behind ports, in a sentence.
template <class Net, class... Options, class T, detail::is_port First, class... Rest>
requires((std::is_integral_v<Rest> || ...)) constexpr void forward(const parameters<Net, T>&,
                                                                   const First&, const Rest&...) {
  static_assert(never<First>,
                "Tapeless: forward with in<...> and out<...> computes a whole batch; a number of "
                "rows goes with rows, tl::forward<net>(theta, xs, ys, count), or with predict of a "
                "trainer");
}
template <class Net, class Loss, class... Options, class T, detail::is_port First, class... Rest>
requires((std::is_integral_v<Rest> || ...)) constexpr loss_and_gradient<Net, T> value_and_grad(
    const parameters<Net, T>&, const First&, const Rest&...) {
  static_assert(never<First>,
                "Tapeless: value_and_grad with in<...> and target_of<...> computes a whole batch; a "
                "number of rows goes with rows, tl::value_and_grad<net, loss>(theta, xs, ys, count), "
                "or with step of a trainer");
  return {};
}

}  // namespace tapeless
