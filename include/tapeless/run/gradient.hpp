#pragma once
// The graph of a training call: forward, loss, gradients.

#include <limits>
#include <string_view>
#include <tapeless/ops/div.hpp>
#include <tapeless/ops/equal.hpp>
#include <tapeless/ops/max.hpp>
#include <tapeless/ops/select.hpp>
#include <tapeless/ops/write_back.hpp>
#include <tapeless/run/labels.hpp>
#include <tapeless/run/targets.hpp>
#include <tapeless/run/options.hpp>
#include <tapeless/transform/differentiate.hpp>

namespace tapeless {

/// Whether each of several patterns stands for a parameter of a graph.
template <fixed_string... Paths, class Graph>
constexpr bool all_paths_known(const Graph& g) {
  const auto known = [&](std::string_view pattern) {
    for (int i = 0; i < g.tensor_count; ++i)
      if (g.tensors[i].where == place::parameters && path_matches(g.tensors[i].name.view(), pattern))
        return true;
    return false;
  };
  return (known(Paths.view()) && ...);
}

/// Parameters that are not trained, by path, the beginning of one, or the end of one behind a star:
/// frozen_paths<"encoder", "0", "*.bias">.
template <fixed_string... Paths>
struct frozen_paths {
  static constexpr option_kind kind = option_kind::frozen_paths;
  static_assert(sizeof...(Paths) > 0, "Tapeless: frozen_paths names at least one path");
  static constexpr bool is_frozen(std::string_view name) {
    return (path_matches(name, Paths.view()) || ...);
  }
  /// Whether every path names a parameter of the graph.
  template <class Graph>
  static constexpr bool all_known(const Graph& g) {
    return all_paths_known<Paths...>(g);
  }
};

namespace detail {

/// How the samples of a call share the loss.
enum class sharing : std::uint8_t {
  equal,     ///< all samples count the same: the share is a constant
  weighted,  ///< each sample has a share from the caller, 0 for one that does not exist
};

/// The loss of a batch and its gradients with respect to the trainable parameters.
struct loss_graph {
  value loss;
  value* parameter;
  value* gradient;
  int* tensor;
  int count = 0;

  /// Room for as many parameters as a graph has tensors.
  constexpr explicit loss_graph(int tensors)
      : parameter{new value[static_cast<std::size_t>(tensors) + 1]{}},
        gradient{new value[static_cast<std::size_t>(tensors) + 1]{}},
        tensor{new int[static_cast<std::size_t>(tensors) + 1]{}} {}
  constexpr ~loss_graph() {
    delete[] parameter;
    delete[] gradient;
    delete[] tensor;
  }
  loss_graph(const loss_graph&) = delete;
  loss_graph& operator=(const loss_graph&) = delete;

  /// The gradient of parameter i; zeros where the loss does not depend on the parameter.
  constexpr value gradient_of(graph& g, int i) const {
    const value d = gradient[i];
    return d.recorded() ? d : g.constant(d.literal, parameter[i].dims());
  }
};

/// Whether a loss, or what it wraps, needs a score per class.
template <class Loss>
consteval bool needs_classes() {
  if constexpr (requires { Loss::needs_classes; })
    return Loss::needs_classes;
  else if constexpr (requires { typename Loss::base; })
    return needs_classes<typename Loss::base>();
  else
    return false;
}

template <class Loss>
constexpr void check_loss(graph& g, const shape& output) {
  if constexpr (needs_classes<Loss>()) {
    if (output.rank != 1)
      g.fail(problem::loss_needs_logits_of_classes, path{"loss"}, output, shape{2});
    else if (output[0] < 2)
      g.fail(problem::loss_over_one_class, path{"loss"}, output, shape{2});
  }
}

/// The mean over samples that count differently. Where none counts it is NaN, as in PyTorch, and its
/// gradient 0.
template <class Loss>
constexpr value mean_of_counted(value samples, value t, double terms) {
  value share = shares_of<Loss>::share(t);
  if (!share.recorded()) share = t.owner->constant(share.literal);
  if (!share.batched()) share = apply<spread>(share);
  const value count = sum_batch(share);
  const value some = math::select(count == value{0.0}, value{1.0}, count);
  const value none = math::select(count == value{0.0},
                                  value{std::numeric_limits<double>::quiet_NaN()}, value{0.0});
  return sum_batch(samples) / (some * value{terms}) + none;
}

/// Whether a loss depends on the network: on its output, or, where the loss was simplified, on an
/// input or a parameter behind it.
constexpr bool depends_on_output(const graph& g, value loss, value output) {
  bool* const reached = new bool[static_cast<std::size_t>(loss.id) + 1]{};
  for (int i = 0; i <= loss.id; ++i) {
    const node& n = g[i];
    reached[i] = i == output.id;
    if (n.op->kind == family::tensor) {
      const place where = g.tensors[tensor_of(n)].where;
      reached[i] = reached[i] || where == place::input || where == place::parameters;
    }
    for (int k = 0; k < n.op->arity && !reached[i]; ++k) reached[i] = reached[n.in[k]];
  }
  const bool result = reached[loss.id];
  delete[] reached;
  return result;
}

/// How much one loss counts, on which output.
struct loss_place {
  int output = 0;
  double weight = 1;
  std::string_view target = "target";
};

/// Appends target and loss of an output; `weight` is the leaf of the samples' shares.
template <class Loss>
constexpr value append_loss_of(graph& g, sharing share, loss_place at, value weight) {
  static_assert(std::is_void_v<decltype(explain_loss<Loss>())>);
  const value y = g.result(at.output);
  check_loss<Loss>(g, y.dims());
  if (g.failed()) return {};
  const value t = g.leaf(path{at.target}, place::target, target_shape<Loss>(y.dims()), true);
  value sample;
  if constexpr (whole_loss<Loss>)
    sample = Loss::lower(g, y, t);
  else
    sample = math::sum(y);  // with a sentence, and without errors that follow from it
  if (!sample.recorded()) sample = g.constant(sample.literal);
  if constexpr (std::is_same_v<loss_options_of<Loss>, no_loss_options>)
    for (int i = 0; i < g.tensor_count; ++i)
      if (g.tensors[i].where == place::scalars && g.tensors[i].slot >= loss_slot)
        g.fail(problem::loss_scalar_without_options, path{"loss"});
  if (!g.failed() && !depends_on_output(g, sample, y))
    g.fail(problem::loss_ignores_the_output, path{"loss"}, sample.dims(), y.dims());
  if (!g.failed() && sample.dims().rank != 0)
    g.fail(problem::loss_of_a_sample_is_no_scalar, path{"loss"}, sample.dims(), shape{});
  if (g.failed()) return {};
  if (!sample.batched()) sample = apply<spread>(sample);
  double terms = 1;
  if constexpr (whole_loss<Loss>) terms = Loss::terms(y.dims());
  const double per_sample = is_summed<Loss> ? 1 : 1 / (terms * g.batch);
  if constexpr (has_shares<Loss> && !is_summed<Loss>)
    if (share == sharing::equal)
      return mean_of_counted<Loss>(sample, t, terms) * value{at.weight};
  if (share == sharing::equal) return sum_batch(sample * value{per_sample * at.weight});
  return sum_batch(sample * weight * value{at.weight / terms});
}

/// Appends targets, loss and share to a forward graph, whose results are the network's outputs. Of
/// these the first alone stays a result.
template <class Loss>
constexpr value append_loss(graph& g, sharing share) {
  if (g.failed()) return {};
  const auto weight = [&] {
    return share == sharing::equal ? value{} : g.leaf("weight", place::weight, {}, true);
  };
  value sum;
  if constexpr (is_loss_list<Loss>) {
    static_assert(std::is_void_v<decltype(explain_loss<Loss>())>);
    const value w = weight();
    Loss::for_each([&]<class Part, int>() {
      const int k = output_index(g, Part::output.view());
      if (k < 0) g.fail(problem::unknown_output, path{Part::output.view()});
      if (g.failed()) return;
      const value l = append_loss_of<typename Part::loss>(
          g, share, {k, Part::weight, Part::output.view()}, w);
      sum = sum.recorded() ? sum + l : l;
    });
  } else {
    sum = append_loss_of<Loss>(g, share, {}, weight());
  }
  keep_results(g, 1);
  return g.failed() ? value{} : sum;
}

/// Differentiates the loss with respect to every trainable parameter.
template <class Options>
constexpr void append_gradients(graph& g, loss_graph& out) {
  if (g.failed()) return;
  if constexpr (requires { Options::is_frozen(std::string_view{}); })
    if (!Options::all_known(g)) g.fail(problem::unknown_parameter_path, path{"frozen_paths"});
  for (int i = 0; i < g.tensor_count && !g.failed(); ++i) {
    tensor& t = g.tensors[i];
    if (t.where != place::parameters) continue;
    if constexpr (requires { Options::is_frozen(std::string_view{}); })
      if (Options::is_frozen(t.name.view())) t.trainable = false;
    if (!t.trainable) continue;
    out.parameter[out.count] = value{g, t.node};
    out.tensor[out.count++] = i;
  }
  differentiate(g, out.loss, out.parameter, out.count, out.gradient);
}

/// Refuses statistics of the batch over one number, whose variance is 0.
template <class Graph>
constexpr void check_statistics(graph& g, const Graph& forward) {
  for (const tensor& t : forward.tensors) {
    if (t.normalized < 0) continue;
    const shape& x = forward[t.normalized].dims;
    if (forward.batch * x.count() == x[0])
      g.fail(problem::batch_norm_of_one, t.name, x, x);
  }
}

/// Forward, loss and gradients stored beside the parameters.
///
/// What layers store on their way, running statistics, is stored by steps alone: a call that asks
/// for gradients changes nothing.
template <class Net, class Loss, int Batch, class Options, sharing Share = sharing::equal,
          bool Steps = false>
struct gradient_stage {
  static constexpr const auto& forward = forward_table<Net, Batch, true>;
  static constexpr int expected_nodes = 5 * forward.node_count;
  static consteval void build(graph& g) {
    if constexpr (Steps || !forward.crosses_samples)
      load(g, forward);
    else
      load_without_stores(g, forward);
    check_statistics(g, forward);
    g.weighted = Share == sharing::weighted;
    loss_graph l{g.tensor_count};
    l.loss = append_loss<Loss>(g, Share);
    append_gradients<Options>(g, l);
    if (g.failed()) return;
    store(l.loss, place::loss);
    for (int i = 0; i < l.count; ++i) store(l.gradient_of(g, i), place::gradients, 0, l.tensor[i]);
  }
};

template <class Net, class Loss, int Batch, class Options, sharing Share>
inline constexpr auto gradient_table =
    freeze<gradient_stage<Net, Loss, Batch, Options, Share,
                          forward_table<Net, Batch, true>.crosses_samples>,
           max_nodes_of<Net>() * 8>();

/// Puts such a graph into an empty builder without its stores, and notes in `l` what they store.
/// Parameters that the loss does not depend on are left out: an update does not touch them, as
/// PyTorch's optimizers do not touch parameters whose gradient is None.
template <int Nodes, int Tensors>
constexpr void load_gradients(graph& g, const graph_table<Nodes, Tensors>& from, loss_graph& l,
                              bool keeps_statistics) {
  load_frame(g, from);
  int map[Nodes > 0 ? Nodes : 1] = {};
  for (int i = 0; i < Nodes && !g.failed(); ++i) {
    const node& n = from.nodes[i];
    if (!is<write_back>(n.op)) {
      node own = n;
      for (int k = 0; k < n.op->arity; ++k) own.in[k] = map[n.in[k]];
      map[i] = g.append(own).id;
      if (n.op->kind == family::tensor) g.tensors[tensor_of(n)].node = map[i];
      continue;
    }
    const int t = stored_by(n).tensor;
    if (stored_by(n).where == place::parameters) {  // running statistics
      if (keeps_statistics) store(value{g, map[n.in[0]]}, place::parameters, 0, t);
    } else if (t < 0) {
      l.loss = value{g, map[n.in[0]]};
    } else if (const value d{g, map[n.in[0]]}; !d.is(0)) {
      l.parameter[l.count] = value{g, g.tensors[t].node};
      l.gradient[l.count] = d;
      l.tensor[l.count++] = t;
    }
  }
}

/// Forward and loss, for evaluation.
template <class Net, class Loss, int Batch>
struct loss_stage {
  static consteval void build(graph& g) {
    load(g, forward_table<Net, Batch, false>);
    const value l = append_loss<Loss>(g, sharing::weighted);
    if (!g.failed()) store(l, place::loss);
  }
};

}  // namespace detail
}  // namespace tapeless
