#pragma once
// The graphs of derivatives: along directions, against cotangents, of gradients along directions.

#include <tapeless/ops/concat.hpp>
#include <tapeless/ops/indices.hpp>
#include <tapeless/run/gradient.hpp>
#include <tapeless/transform/push_forward.hpp>

namespace tapeless {

/// What a derivative is taken with respect to: inputs by name, or parameters by path or the
/// beginning of one: with_respect_to<"x">, with_respect_to<"encoder", "head.bias">.
template <fixed_string... Names>
struct with_respect_to {
  static constexpr option_kind kind = option_kind::with_respect_to;
  static_assert(sizeof...(Names) > 0, "Tapeless: with_respect_to<...> names one variable at least");

  /// Whether one of the names is that of a tensor, or the beginning of its path.
  static constexpr bool names(const tensor& t) { return (is_name_of(t, Names.view()) || ...); }
  /// Whether every name is that of a tensor of the graph.
  template <class Graph>
  static constexpr bool all_named(const Graph& g) {
    return ([&](std::string_view name) {
      bool found = false;
      for (int i = 0; i < g.tensor_count; ++i) found = found || is_name_of(g.tensors[i], name);
      return found;
    }(Names.view()) &&
            ...);
  }

 private:
  static constexpr bool is_name_of(const tensor& t, std::string_view name) {
    const std::string_view own = t.name.view();
    if (t.where == place::input) return own == name;
    return t.where == place::parameters &&
           (own == name || (own.starts_with(name) && own[name.size()] == '.'));
  }
};

/// All parameters that are not frozen by their layer.
struct with_respect_to_parameters {
  static constexpr option_kind kind = option_kind::with_respect_to;
  static constexpr bool names(const tensor& t) {
    return t.where == place::parameters && t.trainable;
  }
  template <class Graph>
  static constexpr bool all_named(const Graph&) {
    return true;
  }
};

/// All inputs but those of integers.
struct with_respect_to_inputs {
  static constexpr option_kind kind = option_kind::with_respect_to;
  static constexpr bool names(const tensor& t) {
    return t.where == place::input && t.element == storage_type::scalar;
  }
  template <class Graph>
  static constexpr bool all_named(const Graph&) {
    return true;
  }
};

namespace detail {

/// The option with_respect_to among O, or Otherwise.
template <class O, class Otherwise>
struct variables_in {
  using type = Otherwise;
};
template <class O, class Otherwise>
requires requires(const tensor& t) { O::names(t); }
struct variables_in<O, Otherwise> {
  using type = O;
};

/// Whether the variables are parameters, and how many scalars they have. A name that is unknown,
/// and names of both kinds, make no constant here: the graph of the call explains them.
template <class Net, class Variables>
struct variable_count {
  int inputs = 0, parameters = 0;

  consteval variable_count() {
    for (const tensor& t : declared<Net>.tensors)
      if (Variables::names(t)) (t.where == place::input ? inputs : parameters) += t.dims.count();
  }
};
template <class Net, class Variables>
inline constexpr bool are_parameters = variable_count<Net, Variables>{}.parameters > 0;
template <class Net, class Variables>
inline constexpr int scalars_of =
    variable_count<Net, Variables>{}.inputs + variable_count<Net, Variables>{}.parameters;

/// The variables of a derivative within a graph, in the order of declaration.
struct variable_list {
  value* of;
  int* tensor_index;
  value* towards;  ///< directions
  value* result;   ///< what the derivative yields for each
  int count = 0;

  constexpr explicit variable_list(int tensors)
      : of{new value[static_cast<std::size_t>(tensors) + 1]{}},
        tensor_index{new int[static_cast<std::size_t>(tensors) + 1]{}},
        towards{new value[static_cast<std::size_t>(tensors) + 1]{}},
        result{new value[static_cast<std::size_t>(tensors) + 1]{}} {}
  constexpr ~variable_list() {
    delete[] of;
    delete[] tensor_index;
    delete[] towards;
    delete[] result;
  }
  variable_list(const variable_list&) = delete;
  variable_list& operator=(const variable_list&) = delete;

  template <class Variables>
  constexpr void find(graph& g) {
    bool inputs = false, parameters = false;
    if (!Variables::all_named(g)) g.fail(problem::unknown_variable, path{"with_respect_to"});
    for (int i = 0; i < g.tensor_count && !g.failed(); ++i) {
      const tensor& t = g.tensors[i];
      if (!Variables::names(t)) continue;
      (t.where == place::input ? inputs : parameters) = true;
      if (t.element != storage_type::scalar)
        g.fail(problem::derivative_of_integers, t.name, t.dims);
      of[count] = value{g, t.node};
      tensor_index[count++] = i;
    }
    if (inputs && parameters) g.fail(problem::variables_of_two_kinds, path{"with_respect_to"});
  }

  /// Directions that the caller gives: rows of slot 1 of the inputs, or a block of parameters.
  constexpr void add_directions(graph& g) {
    for (int i = 0; i < count && !g.failed(); ++i) {
      const tensor t = g.tensors[tensor_index[i]];
      if (t.where == place::input) {
        towards[i] = g.leaf(t.name.join("direction"), place::input, t.dims, true, 1);
      } else {
        towards[i] = g.leaf(t.name, place::state, t.dims, false);
        g.tensors[g.tensor_count - 1].lies_as(t);
      }
    }
  }

  /// The result of variable i, zeros where there is none.
  constexpr value result_of(graph& g, int i) const {
    const value d = result[i];
    return d.recorded() ? d : g.constant(d.literal, of[i].dims(), of[i].batched());
  }
  /// Results one after the other in rows.
  constexpr value rows(graph& g, bool batched) const {
    value* const parts = new value[static_cast<std::size_t>(count) + 1]{};
    for (int i = 0; i < count; ++i) {
      parts[i] = math::flatten(result_of(g, i));
      if (batched && !parts[i].batched()) parts[i] = apply<spread>(parts[i]);
    }
    const value r = math::concat(static_cast<const value*>(parts), count);
    delete[] parts;
    return r;
  }
  /// Stores the results: those of parameters as gradients, those of inputs as rows of an output.
  constexpr void store_results(graph& g, int output) const {
    if (g.failed() || count == 0) return;
    if (g.tensors[tensor_index[0]].where == place::input) {
      const value r = rows(g, true);
      g.yield(r);
      store(r, place::output, output);
    } else {
      for (int i = 0; i < count; ++i) store(result_of(g, i), place::gradients, 0, tensor_index[i]);
    }
  }
};

/// Stores a value as rows of an output of its own.
constexpr void store_output(graph& g, value y) {
  if (g.failed()) return;
  g.yield(y);
  store(y, place::output, g.result_count - 1);
}

/// y and its derivative along a direction: outputs 0 and 1.
template <class Net, int Batch, class Variables>
struct jvp_stage {
  static constexpr int expected_nodes = 3 * forward_table<Net, Batch, false>.node_count + 16;
  static consteval void build(graph& g) {
    load(g, forward_table<Net, Batch, false>);
    if (g.failed()) return;
    keep_results(g, 1);
    variable_list v{g.tensor_count};
    v.find<Variables>(g);
    v.add_directions(g);
    if (g.failed()) return;
    const value y = g.result(0);
    value dy;
    push_forward(g, v.of, v.towards, v.count, &y, 1, &dy);
    if (!dy.recorded()) dy = g.constant(dy.literal, y.dims(), true);
    store(y, place::output);
    store_output(g, dy);
  }
};

/// y, and the gradient of the sum of y times what the caller gives as target.
template <class Net, int Batch, class Variables>
struct vjp_stage {
  static constexpr int expected_nodes = 4 * forward_table<Net, Batch, false>.node_count + 16;
  static consteval void build(graph& g) {
    load(g, forward_table<Net, Batch, false>);
    if (g.failed()) return;
    keep_results(g, 1);
    variable_list v{g.tensor_count};
    v.find<Variables>(g);
    if (g.failed()) return;
    const value y = g.result(0);
    const value dy = g.leaf("cotangent", place::target, y.dims(), true);
    differentiate(g, sum_batch(math::sum(y * dy)), v.of, v.count, v.result);
    store(y, place::output);
    v.store_results(g, 1);
  }
};

/// Puts the forward graph of one sample into an empty builder as if it were the same for all
/// samples of the batch: the batch is free for other things then.
template <class Net, int Batch>
constexpr void load_unbatched(graph& g) {
  const auto& from = forward_table<Net, 1, false>;
  load_frame(g, from);
  g.batch = Batch;
  constexpr int nodes = std::remove_cvref_t<decltype(from)>::node_count;
  int map[nodes > 0 ? nodes : 1] = {};
  for (int i = 0; i < nodes && !g.failed(); ++i) {
    node n = from[i];
    value in[max_operands];
    for (int k = 0; k < n.op->arity; ++k) in[k] = value{g, n.in[k] = map[n.in[k]]};
    n.batched = false;
    if (is<spread>(n.op))
      map[i] = n.in[0];
    else if (n.op->arity == 0 || n.op->kind == family::index)
      map[i] = g.intern(n).id;
    else
      map[i] = g.add(n.op, in, n.attr).id;
    if (n.op->kind == family::tensor) {
      g.tensors[tensor_of(n)].node = map[i];
      g.tensors[tensor_of(n)].batched = false;
    }
  }
  g.results[0] = map[from.results[0]];
  g.result_count = 1;
}

/// Numbers of the rows of a Jacobian: sample i of the batch is row i.
constexpr value row_numbers(graph& g) { return g.leaf("row", place::weight, {}, true); }

/// y and its Jacobian, one backward pass per output; sample k of the batch is output k, and the
/// forward pass is the same for all.
template <class Net, class Variables, int Rows>
struct jacobian_by_rows {
  static constexpr int expected_nodes = 4 * forward_table<Net, 1, false>.node_count + 16;
  static consteval void build(graph& g) {
    load_unbatched<Net, Rows>(g);
    if (g.failed()) return;
    variable_list v{g.tensor_count};
    v.find<Variables>(g);
    if (g.failed()) return;
    const value y = g.result(0);
    const value dy = math::reshape(math::one_hot(row_numbers(g), y.dims().count()), y.dims());
    differentiate(g, math::sum(y * dy), v.of, v.count, v.result, gradient_of_shared::per_sample);
    store(y, place::output);
    store_output(g, v.rows(g, true));
  }
};

/// y and the transpose of its Jacobian: sample k of the batch is the derivative along variable k.
template <class Net, class Variables, int Columns>
struct jacobian_by_columns {
  static constexpr int expected_nodes = 4 * forward_table<Net, 1, false>.node_count + 16;
  static consteval void build(graph& g) {
    load_unbatched<Net, Columns>(g);
    if (g.failed()) return;
    variable_list v{g.tensor_count};
    v.find<Variables>(g);
    if (g.failed()) return;
    const value direction = math::one_hot(row_numbers(g), Columns), y = g.result(0);
    for (int i = 0, begin = 0; i < v.count; ++i) {
      const shape dims = v.of[i].dims();
      v.towards[i] = math::reshape(math::slice(direction, 0, begin, dims.count()), dims);
      begin += dims.count();
    }
    value dy;
    push_forward(g, v.of, v.towards, v.count, &y, 1, &dy);
    if (!dy.recorded()) dy = g.constant(dy.literal, y.dims(), true);
    if (!dy.batched()) dy = apply<spread>(dy);
    store(y, place::output);
    store_output(g, dy);
  }
};

/// What hvp and hessian differentiate twice where there is no loss: the sum of the only output over
/// the samples.
struct no_loss {};

/// The loss, and the derivative of its gradient along a direction.
template <class Net, class Loss, int Batch, class Variables>
struct hvp_stage {
  /// Gradients of a loss are those of value_and_grad, where dropout is active.
  static constexpr bool training = !std::is_same_v<Loss, no_loss>;
  static constexpr const auto& forward = forward_table<Net, Batch, training>;
  static constexpr int expected_nodes = 10 * forward.node_count + 32;
  static consteval void build(graph& g) {
    // Running statistics stay as they are.
    if constexpr (forward.crosses_samples)
      load_without_stores(g, forward);
    else
      load(g, forward);
    if constexpr (training) check_statistics(g, forward);
    if (g.failed()) return;
    variable_list v{g.tensor_count};
    v.find<Variables>(g);
    v.add_directions(g);
    if (g.failed()) return;
    value loss;
    if constexpr (std::is_same_v<Loss, no_loss>) {
      if (g.result(0).dims().count() != 1)
        g.fail(problem::derivative_of_many_numbers, path{"output"}, g.result(0).dims(), shape{1});
      else
        loss = sum_batch(math::sum(g.result(0)));
    } else {
      loss = append_loss<Loss>(g, sharing::equal);
    }
    if (g.failed()) return;
    value* const gradient = new value[static_cast<std::size_t>(v.count) + 1]{};
    differentiate(g, loss, v.of, v.count, gradient);
    push_forward(g, v.of, v.towards, v.count, gradient, v.count, v.result);
    delete[] gradient;
    g.result_count = 0;
    store(loss, place::loss);
    v.store_results(g, 0);
  }
};

}  // namespace detail
}  // namespace tapeless
