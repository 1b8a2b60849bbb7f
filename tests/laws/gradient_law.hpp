#pragma once
// The gradient law: what `differentiate` appends equals central differences of the value, and what
// `push_forward` appends equals the gradient along the direction.

#include <catch2/catch.hpp>
#include <cmath>
#include <laws/law_case.hpp>
#include <string>
#include <vector>

namespace laws {

/// Every case's weighted sum, stored as loss k, its gradients, stored by tensor, and its derivative
/// along a direction, stored as loss k of another place.
template <class... Cases>
struct gradient_law_stage {
  static constexpr int batch = 3;

  template <class Case>
  static constexpr void append(tl::graph& g, int slot) {
    tl::value x[tl::max_operands], dx[tl::max_operands];
    const int first = g.tensor_count;
    Case::declare(g, x, slot);
    const tl::value y = Case::apply(x);
    if (g.failed()) return;
    const tl::value weights =
        g.leaf(tl::path{Case::name.view()}, tl::place::target, y.dims(), y.batched(), slot);
    const tl::value loss = weighted_sum(y, weights);
    tl::store(loss, tl::place::loss, slot);
    tl::differentiate(g, loss, x, Case::operand_count, dx);
    for (int i = 0; i < Case::operand_count; ++i) {
      if (!dx[i].recorded()) dx[i] = g.constant(0, x[i].dims(), x[i].batched());
      tl::store(dx[i], tl::place::gradients, slot, first + i);
    }
    tl::value towards[tl::max_operands], tangent;
    for (int i = 0; i < Case::operand_count; ++i)
      towards[i] = g.leaf(tl::path{Case::name.view()}.join("direction").join(i), tl::place::target,
                          x[i].dims(), x[i].batched(), slot);
    tl::push_forward(g, x, towards, Case::operand_count, &loss, 1, &tangent);
    if (!tangent.recorded()) tangent = g.constant(tangent.literal);
    tl::store(tangent, tl::place::output, slot);
  }

  static consteval void build(tl::graph& g) {
    g.batch = batch;
    int slot = 0;
    (append<Cases>(g, slot++), ...);
  }
};

/// Puts every case through the law, in double precision by the reference interpreter.
/// Central differences with step h = 1e-5 are good to h^2 times the third derivative: 1e-8 of 1.
template <class... Cases>
void check_gradients(double tolerance = 2e-8) {
  using graphs = pruned_graph<gradient_law_stage<Cases...>>;
  static_assert(graphs::built.error.what == tl::problem::none);
  static constexpr const auto& table = graphs::table;
  constexpr int tensors = std::remove_cvref_t<decltype(table)>::tensor_count;
  constexpr int cases = sizeof...(Cases);
  const operand* const operands[] = {Cases::operands...};

  std::vector<double> leaf[tensors], gradient[tensors];
  double loss[cases] = {}, tangent[cases] = {};
  for (int t = 0, in_case = 0; t < tensors; ++t) {
    const tl::tensor& from = table.tensors[t];
    const tl::node& n = table[from.node];
    leaf[t].resize(static_cast<std::size_t>(n.dims.count() * (n.batched ? table.batch : 1)));
    const bool weights = from.where == tl::place::target;
    const numbers drawn = weights ? numbers::any : operands[from.slot][in_case].drawn;
    in_case = weights ? 0 : in_case + 1;
    for (std::size_t e = 0; e < leaf[t].size(); ++e)
      leaf[t][e] = number(drawn, t, static_cast<int>(e));
  }

  tl::interpreter<double> interpreter{table};
  auto run = [&] {
    interpreter.run(
        [&](int t, double* to) {
          for (const double x : leaf[t]) *to++ = x;
        },
        [&](const tl::write_back::attributes& a, const double* from) {
          if (a.where == tl::place::loss)
            loss[a.slot] = *from;
          else if (a.where == tl::place::output)
            tangent[a.slot] = *from;
          else
            gradient[a.tensor].assign(from, from + leaf[a.tensor].size());
        });
  };
  run();
  std::vector<double> by_graph[tensors];
  for (int t = 0; t < tensors; ++t) by_graph[t] = gradient[t];
  // A case has its operands, its weights and its directions side by side.
  for (int k = 0, t = 0; k < cases; ++k) {
    int operand_count = 0;
    while (table.tensors[t + operand_count].where != tl::place::target) ++operand_count;
    double along = 0, terms = 0;
    for (int i = 0; i < operand_count; ++i) {
      // Along what has no derivative, as an index, the graph reads no direction.
      const std::vector<double>& towards = leaf[t + operand_count + 1 + i];
      if (towards.size() != leaf[t + i].size()) continue;
      for (std::size_t e = 0; e < towards.size(); ++e) {
        const double term = by_graph[t + i][e] * towards[e];
        along += term;
        terms += std::abs(term);
      }
    }
    INFO(std::string(table.tensors[t].name.view()) << ", forward mode");
    CHECK(tangent[k] == Approx(along).margin(1e-13 * (1 + terms)).epsilon(1e-12));
    t += 2 * operand_count + 1;
  }
  for (int t = 0; t < tensors; ++t) {
    if (table.tensors[t].where == tl::place::target) continue;
    REQUIRE(by_graph[t].size() == leaf[t].size());
    const int slot = table.tensors[t].slot;
    for (std::size_t e = 0; e < leaf[t].size(); ++e) {
      const double x = leaf[t][e], h = 1e-5;
      leaf[t][e] = x + h;
      run();
      const double above = loss[slot];
      leaf[t][e] = x - h;
      run();
      const double below = loss[slot];
      leaf[t][e] = x;
      const double difference = (above - below) / (2 * h);
      INFO(std::string(table.tensors[t].name.view()) << " element " << e << " at " << x);
      CHECK(by_graph[t][e] ==
            Approx(difference).margin(tolerance * (1 + std::abs(loss[slot]))).epsilon(tolerance));
    }
  }
}

}  // namespace laws
