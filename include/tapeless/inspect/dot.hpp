#pragma once
// Graphs as Graphviz text: `dot -Tsvg`.

#include <string>
#include <tapeless/core/config.hpp>
#include <tapeless/inspect/text.hpp>
#include <tapeless/plan/plan.hpp>
#include <tapeless/run/cost.hpp>

namespace tapeless {

namespace detail {

/// One node: leaves are rounded, parameters filled, stores and results drawn bold.
template <class Graph>
TAPELESS_NATIVE std::string dot_node(const Graph& g, int i, bool result) {
  const node& n = g[i];
  std::string style = "shape=box";
  if (n.op->kind == family::tensor) {
    const bool learnt = g.tensors[tensor_of(n)].where == place::parameters;
    style = learnt ? R"(shape=box, style="rounded,filled", fillcolor="#dbe7f5")"
                   : R"(shape=box, style=rounded)";
  } else if (n.op->kind == family::constant) {
    style = "shape=plaintext";
  } else if (n.op->kind == family::view) {
    style = "shape=box, style=dashed";
  }
  if (n.op->kind == family::assign || result) style += ", penwidth=2";
  const std::string dims =
      n.op->kind == family::constant && n.dims.rank == 0 ? "" : "\\n" + text_of(n.dims);
  return fmt::format("  n{} [label=\"{}{}\", {}];\n", i, text_of_node(g, i), dims, style);
}

template <int Nodes, int Tensors>
TAPELESS_NATIVE std::string dot_edges(const graph_table<Nodes, Tensors>& g) {
  std::string text;
  for (int i = 0; i < Nodes; ++i)
    for (int k = 0; k < g[i].op->arity; ++k) text += fmt::format("  n{} -> n{};\n", g[i].in[k], i);
  return text;
}

TAPELESS_NATIVE inline std::string dot_head(std::string_view name) {
  return fmt::format(
      "digraph {} {{\n  rankdir=TB;\n  fontname=\"Helvetica\";\n"
      "  node [fontname=\"Helvetica\", fontsize=11];\n",
      name);
}

/// Nodes of one kernel call stand in one frame.
template <int Nodes, int Tensors>
TAPELESS_NATIVE std::string dot_clusters(const graph_table<Nodes, Tensors>& g, const groups<Nodes>& fused) {
  std::string text;
  for (int k = fused.count - 1; k >= 0; --k) {
    text += fmt::format("  subgraph cluster_{} {{ style=\"rounded\"; color=\"#9a9a9a\";\n", k);
    for (int i = 0; i < Nodes; ++i)
      if (fused.group[i] == k) text += "  " + dot_node(g, i, false);
    text += "  }\n";
  }
  for (int i = 0; i < Nodes; ++i)
    if (fused.group[i] < 0) text += dot_node(g, i, false);
  return text;
}

}  // namespace detail

/// The forward graph of a network, as declared.
template <class Net>
TAPELESS_NATIVE std::string dot() {
  const auto& g = declared<Net>;
  std::string text = detail::dot_head("forward");
  for (int i = 0; i < std::remove_cvref_t<decltype(g)>::node_count; ++i)
    text += detail::dot_node(g, i, i == g.results[0]);
  return text + detail::dot_edges(g) + "}\n";
}

/// The graph of one training step: forward, loss, gradients and update, after composite operations
/// were written out. A frame holds what one kernel call computes.
/// Options as those of trainer; the batch and the instruction set decide about copies between
/// layouts, which are part of the picture.
template <class Net, class Loss, class Optimizer, class... Options>
TAPELESS_NATIVE std::string dot_training() {
  static_assert(detail::check_options<detail::call::training_report, Options...>());
  using job = detail::training_job<Net, Loss, Optimizer, Options...>;
  const auto& g = job::ready;
  return detail::dot_head("training_step") +
         detail::dot_clusters(g, detail::planning<job::ready, job::on>::fused) +
         detail::dot_edges(g) + "}\n";
}

}  // namespace tapeless
