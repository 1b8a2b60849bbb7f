#pragma once
// A network as a part of another one.

#include <tapeless/ops/scan_parts.hpp>
#include <tapeless/ops/uniform.hpp>
#include <tapeless/ops/write_back.hpp>
#include <tapeless/run/network.hpp>
#include <type_traits>

namespace tapeless::detail {

/// Whether a type is a network that is written as a function.
template <class Net>
concept is_network = std::is_class_v<Net> && requires(graph& g) {
  Net::define(g);
};

/// The attributes of a node whose scan gets a number of its own; a scan in the body of another one
/// if it is recorded there.
constexpr packed_attributes in_further_scan(const graph& g, const node& n,
                                            const packed_attributes& attr, int scans_before) {
  const auto moved = [&](auto a) {
    a.scan += scans_before;
    if (a.outer != 0) {
      a.outer += scans_before;
    } else if (g.open_scans > 0) {
      a.outer = g.open_scan;
      a.outer_trips = g.open_trips;
    }
    return pack(a);
  };
  if (is<at_step>(n.op)) return moved(attributes_of<at_step>(n));
  if (is<carried>(n.op)) return moved(attributes_of<carried>(n));
  if (is<stacked_steps>(n.op)) return moved(attributes_of<stacked_steps>(n));
  if (is<carried_history>(n.op)) return moved(attributes_of<carried_history>(n));
  return attr;
}

/// Records a finished graph once more, on these inputs and with its parameters under the current
/// scope. The graph is copied instead of declared anew, since `define` may be consteval and then
/// cannot be called with a graph under construction.
template <int Nodes, int Tensors>
constexpr value append_graph(graph& g, const graph_table<Nodes, Tensors>& from, const value* inputs,
                             int count) {
  if (from.error.what != problem::none)
    g.fail(from.error.what, g.scope.join(from.error.where.view()), from.error.got,
           from.error.wanted);
  value of_tensor[Tensors > 0 ? Tensors : 1];
  int taken = 0;
  for (int i = 0; i < Tensors && !g.failed(); ++i) {
    const tensor& t = from.tensors[i];
    if (t.where == place::input) {
      if (taken < count) of_tensor[i] = inputs[taken];
      if (taken < count && !inputs[taken].recorded())
        of_tensor[i] = g.constant(inputs[taken].literal, t.dims);
      if (taken < count && of_tensor[i].dims() != t.dims)
        g.fail(problem::input_of_another_shape, g.scope.join(t.name.view()), of_tensor[i].dims(),
               t.dims);
      ++taken;
    } else if (t.where == place::parameters) {
      of_tensor[i] = g.parameter(t.name.view(), t.dims, t.init, t.transposed, t.lane_axis);
      if (!t.trainable && !g.failed())
        g.tensors[tensor_of(g[of_tensor[i].id])].trainable = false;
    } else {
      const int known = g.find(t.name.view(), t.where);
      of_tensor[i] = known >= 0 ? value{g, g.tensors[known].node}
                                : g.leaf(t.name, t.where, t.dims, false, t.slot);
    }
  }
  if (taken != count)
    g.fail(problem::inputs_of_an_inner_network, g.scope, shape{count}, shape{taken});
  if (g.failed()) return inputs[0];
  const int first_stream = g.random_count;
  g.random_count += from.random_count;
  if (g.open_scans > 0 && from.scan_count > 0 && (g.open_scans > 1 || has_inner_scans(from)))
    g.fail(problem::scan_inside_a_scan, g.scope);
  const int first_scan = g.scan_count;
  g.scan_count += from.scan_count;
  value map[Nodes > 0 ? Nodes : 1];
  for (int i = 0; i < Nodes && !g.failed(); ++i) {
    const node& n = from[i];
    if (n.op->kind == family::tensor) {
      map[i] = of_tensor[tensor_of(n)];
    } else if (n.op->kind == family::constant) {
      map[i] = g.constant(number_of(n), n.dims, n.batched);
    } else {
      value in[max_operands];
      for (int k = 0; k < n.op->arity; ++k) in[k] = map[n.in[k]];
      packed_attributes attr = n.attr;
      if (is<write_back>(n.op)) {  // running statistics
        auto a = attributes_of<write_back>(n);
        a.tensor = tensor_of(g[of_tensor[a.tensor].id]);
        attr = pack(a);
      }
      if (is<uniform>(n.op)) {
        auto a = attributes_of<uniform>(n);
        a.stream += first_stream;
        attr = pack(a);
      }
      map[i] = g.add(n.op, in, in_further_scan(g, n, attr, first_scan));
    }
  }
  g.crosses_samples = g.crosses_samples || from.crosses_samples;
  for (int i = 0; i < Tensors && !g.failed(); ++i) {
    if (from.tensors[i].normalized < 0) continue;
    tensor& own = g.tensors[tensor_of(g[of_tensor[i].id])];
    if (own.normalized >= 0)
      g.fail(problem::batch_norm_twice, own.name, own.dims, own.dims);
    own.normalized = map[from.tensors[i].normalized].id;  // and no weights: `fold` leaves it
  }
  return g.failed() ? inputs[0] : map[from.results[0]];
}

/// The output of a network on these inputs.
template <class Net>
constexpr value append_network(graph& g, const value* inputs, int count) {
  if (g.failed()) return inputs[0];
  if (g.training) return append_graph(g, forward_table<Net, 1, true>, inputs, count);
  return append_graph(g, forward_table<Net, 1, false>, inputs, count);
}

}  // namespace tapeless::detail
