#pragma once
// What a network costs, as constants: budgets are static_asserts.

#include <tapeless/plan/cost.hpp>
#include <tapeless/run/forward.hpp>
#include <tapeless/run/trainer.hpp>

namespace tapeless {

/// Cost of one call of `forward`. FLOPs and bytes are for the whole batch of the options.
///
/// FLOPs are counted on the graph (plan/cost.hpp): a dense layer of m outputs and n inputs takes
/// 2 m n, and m more with a bias. They do not depend on the instruction set; the arena does.
struct network_cost {
  int parameters = 0;            ///< scalars that are learnt or frozen, without padding
  int trainable_parameters = 0;  ///< of these the trained ones
  double flops_forward = 0;
  double flops_backward = 0;        ///< gradients of all trained parameters from a given dL/dy
  long long parameter_bytes = 0;    ///< sizeof(parameters<Net, T>), padding included
  long long activation_bytes = 0;   ///< all values computed on the way, each stored once
  long long peak_bytes = 0;         ///< stack that forward takes for intermediate results
  long long lower_bound_bytes = 0;  ///< largest set of stored values that is alive at once
  int samples_at_once = 1;          ///< the batch, or the piece of it that runs at once
};

/// Cost of one training step: forward, loss, backward and update of a batch.
struct training_cost {
  int parameters = 0;
  int trainable_parameters = 0;
  double flops_forward = 0;  ///< the loss included
  double flops_backward = 0;
  double flops_update = 0;  ///< clipping included
  long long parameter_bytes = 0;
  long long trainer_bytes = 0;      ///< sizeof(trainer): parameters, optimizer state, held gradient
  long long activation_bytes = 0;   ///< all values computed on the way, each stored once
  long long peak_bytes = 0;         ///< stack that one step takes for intermediate results
  long long lower_bound_bytes = 0;  ///< largest set of stored values that is alive at once
  int samples_at_once = 1;          ///< the batch, or the piece of it that runs at once

  constexpr double flops() const { return flops_forward + flops_backward + flops_update; }
};

namespace detail {

/// Forward, and the gradients of the parameters from a given dL/dy.
template <class Net, int Batch, class Options>
struct pullback_stage {
  static consteval void build(graph& g) {
    declare<Net, Batch, false>::build(g);
    if (g.failed()) return;
    const value y = g.result(0);
    const value dy = g.leaf("dy", place::target, y.dims(), true);
    loss_graph l{g.tensor_count};
    l.loss = sum_batch(math::sum(y * dy));
    append_gradients<Options>(g, l);
    for (int i = 0; i < l.count && !g.failed(); ++i)
      if (l.gradient[i].recorded()) store(l.gradient[i], place::gradients, 0, l.tensor[i]);
  }
};

/// Forward and loss of a training step.
template <class Net, class Loss, int Batch>
struct training_loss_stage {
  static consteval void build(graph& g) {
    declare<Net, Batch, true>::build(g);
    const value l = append_loss<Loss>(g, sharing::equal);
    if (!g.failed()) store(l, place::loss);
  }
};

template <class Net, class Stage>
struct pruned_stage {
  static constexpr int limit = max_nodes_of<Net>() * 8;
  static constexpr auto built = freeze<Stage, limit>();
  static_assert(check<Net, built>());
  static constexpr auto bodies = bodies_rebuilt<built, limit>::table();
  struct rebuilt {
    static constexpr int expected_nodes = bodies.node_count + bodies.node_count / 4 + 16;
    static consteval void build(graph& g) { rebuild(g, bodies); }
  };
  static constexpr auto table = freeze<rebuilt, limit>();
};

template <class Net, class Stage>
inline constexpr double flops_of_stage = flops_of(pruned_stage<Net, Stage>::table);

template <class Net, class Options>
consteval int trainable_scalars() {
  int n = 0;
  for (const parameter_info& p : parameters_of<Net>) {
    bool trained = p.trainable;
    if constexpr (requires { Options::is_frozen(std::string_view{}); })
      trained = trained && !Options::is_frozen(p.name.view());
    if (trained) n += p.dims.count();
  }
  return n;
}

template <class Net, class... Options>
consteval network_cost forward_cost() {
  static_assert(check_options<call::report, Options...>());
  using options = options_of<Options...>;
  using scalar = typename scalar_in<options>::type;
  using job = forward_job<Net, scalar, Options...>;
  using pullback = pullback_stage<Net, batch_in<options>(), options>;
  constexpr long long size = sizeof(scalar);
  constexpr int piece = forward_piece<Net, scalar, Options...>,
                pieces = batch_in<options>() / piece;
  network_cost c;
  c.parameters = parameters_of<Net>.scalars;
  c.trainable_parameters = trainable_scalars<Net, options>();
  c.flops_forward = pieces * flops_of(job::pruned);
  c.flops_backward = flops_of_stage<Net, pullback> - c.flops_forward;
  c.parameter_bytes = sizeof(parameters<Net, scalar>);
  c.activation_bytes = pieces * computed_scalars(job::pruned) * size;
  c.peak_bytes = job::arena_elements * size;
  c.lower_bound_bytes = job::plan.memory.lower_bound * size;
  c.samples_at_once = piece;
  return c;
}

/// The job behind `trainer::step` of a full batch; where the batch is cut that of a piece, which
/// adds up its gradients.
template <class Jobs>
consteval auto choose_training_job() {
  if constexpr (Jobs::cuts)
    return std::type_identity<typename Jobs::template piece_job<gradient_source::accumulate>>{};
  else
    return std::type_identity<
        typename Jobs::template job<sharing::equal, gradient_source::samples>>{};
}
template <class Net, class Loss, class Optimizer, class... Options>
using training_job =
    typename decltype(choose_training_job<training_here<Net, Loss, Optimizer, Options...>>())::type;

template <class Net, class Loss, class Optimizer, class... Options>
consteval training_cost step_cost() {
  static_assert(check_loss_and_optimizer<Loss, Optimizer>());
  static_assert(check_options<call::training_report, Options...>());
  using options = options_of<Options...>;
  using scalar = typename scalar_in<options>::type;
  using job = training_job<Net, Loss, Optimizer, Options...>;
  constexpr int n = batch_in<options>();
  using jobs = training_here<Net, Loss, Optimizer, Options...>;
  constexpr int pieces = n / jobs::piece;
  constexpr double up_to_gradients = flops_of_stage<Net, gradient_stage<Net, Loss, n, options>>;
  constexpr long long size = sizeof(scalar);
  training_cost c;
  c.parameters = parameters_of<Net>.scalars;
  c.trainable_parameters = trainable_scalars<Net, options>();
  c.flops_forward = flops_of_stage<Net, training_loss_stage<Net, Loss, n>>;
  c.flops_backward = up_to_gradients - c.flops_forward;
  if constexpr (jobs::cuts) {
    using update = typename jobs::template piece_job<gradient_source::accumulated>;
    // Each piece adds its gradients.
    c.flops_update = pieces * flops_of(job::pruned) - up_to_gradients + flops_of(update::pruned);
    c.peak_bytes = jobs::in_pieces::step_elements() * size;
  } else {
    c.flops_update = flops_of(job::pruned) - up_to_gradients;
    c.peak_bytes = job::arena_elements * size;
  }
  c.parameter_bytes = sizeof(parameters<Net, scalar>);
  c.trainer_bytes = sizeof(trainer<Net, Loss, Optimizer, Options...>);
  c.activation_bytes = pieces * computed_scalars(job::pruned) * size;
  c.lower_bound_bytes = job::plan.memory.lower_bound * size;
  c.samples_at_once = jobs::piece;
  return c;
}

}  // namespace detail

/// Cost of inference: `static_assert(tl::cost<circle>.parameters == 33)`.
/// Options as those of forward, and scalar_type<T> and frozen_paths<...>.
template <class Net, class... Options>
inline constexpr network_cost cost = detail::forward_cost<Net, Options...>();

/// Cost of one training step: `tl::cost_of<circle, tl::bce, tl::sgd, tl::batch<32>>.peak_bytes`.
/// Options as those of trainer.
template <class Net, class Loss, class Optimizer, class... Options>
inline constexpr training_cost cost_of = detail::step_cost<Net, Loss, Optimizer, Options...>();

}  // namespace tapeless
