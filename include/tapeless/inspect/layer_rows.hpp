#pragma once
// Groups the nodes of a forward graph into the rows that people know as layers.

#include <algorithm>
#include <string>
#include <string_view>
#include <tapeless/core/config.hpp>
#include <tapeless/inspect/text.hpp>
#include <tapeless/plan/cost.hpp>
#include <vector>

namespace tapeless {

/// One row of a summary: the operations that use the parameters of one scope, or one operation
/// without parameters.
struct layer_row {
  std::string name;  ///< path of the scope, such as `encoder.fc1`; empty without parameters
  std::string kind;  ///< `dense`, or the names of the operations
  shape output;
  int parameters = 0;
  bool trainable = true;
  double flops = 0;  ///< of the graph's batch
};

namespace detail {

/// `encoder.fc1` of `encoder.fc1.weight`; a parameter without a scope is its own.
TAPELESS_NATIVE inline std::string_view scope_of(std::string_view parameter) {
  const std::size_t dot = parameter.rfind('.');
  return dot == parameter.npos ? parameter : parameter.substr(0, dot);
}

}  // namespace detail

/// Rows of a declared graph in the order of its nodes.
template <int Nodes, int Tensors>
TAPELESS_NATIVE std::vector<layer_row> layer_rows(const graph_table<Nodes, Tensors>& g) {
  std::vector<layer_row> rows;
  std::vector<bool> counted(Tensors);
  for (int i = 0; i < Nodes; ++i) {
    const node& n = g[i];
    if (n.op->arity == 0 || n.op->kind == family::assign) continue;
    std::string scope;
    int scalars = 0;
    bool trainable = true, weight = false;
    for (int k = 0; k < n.op->arity; ++k) {
      const node& o = g[n.in[k]];
      if (o.op->kind != family::tensor) continue;
      const int t = tensor_of(o);
      if (g.tensors[t].where != place::parameters) continue;
      scope = detail::scope_of(g.tensors[t].name.view());
      trainable = trainable && g.tensors[t].trainable;
      weight = n.op->kind == family::contraction && g.tensors[t].transposed;
      if (!counted[static_cast<std::size_t>(t)]) scalars += o.dims.count();
      counted[static_cast<std::size_t>(t)] = true;
    }
    const double flops = detail::flops_with_parts(g, i);
    const std::string_view kind = weight ? "dense" : n.op->name;
    if (!scope.empty() && !rows.empty() && rows.back().name == scope) {
      layer_row& r = rows.back();  // the bias belongs to the product before it
      if (r.kind != "dense" || kind != "add") r.kind += fmt::format(" + {}", kind);
      r.output = n.dims;
      r.parameters += scalars;
      r.trainable = r.trainable && trainable;
      r.flops += flops;
    } else {
      rows.push_back({scope, std::string{kind}, n.dims, scalars, trainable, flops});
    }
  }
  return rows;
}

}  // namespace tapeless
