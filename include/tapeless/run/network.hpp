#pragma once
// From a declaration to its graph.

#include <concepts>
#include <limits>
#include <tapeless/graph/table.hpp>
#include <tapeless/ops/sum.hpp>
#include <tapeless/plan/layout.hpp>
#include <tapeless/run/sentences.hpp>

namespace tapeless {

/// Base of a network written as a function:
///
///   struct tagger : tl::network<tagger> {
///     static consteval tl::value define(tl::graph& g) { ... return y; }
///   };
template <class Net>
struct network {};

namespace detail {

/// The name of what `define` returns, unless it has been given another one.
inline constexpr std::string_view default_output = "y";

/// Whether a type declares a network.
template <class Net>
concept declares_network = requires(graph& g) {
  { Net::define(g) } -> std::convertible_to<value>;
};

template <class Net>
constexpr int max_nodes_of() {
  if constexpr (requires { Net::max_nodes; })
    return Net::max_nodes;
  else
    return default_max_nodes;
}

template <class Net, int Batch, bool Training>
struct declare;

/// The forward graph for a batch: the first of the constants that a job's graph is made in.
template <class Net, int Batch, bool Training>
inline constexpr auto forward_table = freeze<declare<Net, Batch, Training>, max_nodes_of<Net>()>();

/// Nodes to try first: the graph for one sample, which every job knows, has as many as that for a
/// batch; statistics of batches take some more.
template <class Net, int Batch, bool Training>
consteval int expected_nodes_of_declaration() {
  if constexpr (Batch == 1 && !Training)
    return 128;
  else
    return forward_table<Net, 1, false>.node_count * (Training ? 7 : 4) / 4 + 8;
}

/// The forward graph as declared; result 0 is what `define` returns, further ones are named outputs.
template <class Net, int Batch, bool Training>
struct declare {
  static constexpr int expected_nodes = expected_nodes_of_declaration<Net, Batch, Training>();
  static consteval void build(graph& g) {
    g.batch = Batch;
    g.training = Training;
    static_assert(declares_network<Net>,
                  "Tapeless: this type is no network; a network is derived from "
                  "tl::sequential<tl::input<...>, ...>, or from tl::network<itself> with a public "
                  "'static consteval tl::value define(tl::graph& g)'");
    value y{0.0};
    if constexpr (declares_network<Net>) y = Net::define(g);
    check_extents(g);
    if (g.failed()) return;
    if (!y.recorded()) y = g.constant(y.literal);
    int first = -1;  // the name of y
    for (int i = 0; i < g.tensor_count && first < 0; ++i)
      if (g.tensors[i].where == place::output && g.tensors[i].node == y.id) first = i;
    yield_rows(g, y);
    for (int i = 0; i < g.tensor_count && !g.failed(); ++i) {
      tensor& t = g.tensors[i];
      if (t.where != place::output || i == first) continue;
      if (first < 0 && t.name.view() == default_output) g.fail(problem::duplicate_output, t.name);
      t.slot = g.result_count;
      yield_rows(g, value{g, t.node});
    }
  }
  /// Refuses shapes that name no elements, or more than an int counts.
  static constexpr void check_extents(graph& g) {
    constexpr long long most = std::numeric_limits<int>::max();
    for (int i = 0; i < g.count && !g.failed(); ++i) {
      const node& n = g[i];
      const bool is_tensor = n.op->kind == family::tensor;
      long long elements = 1;
      for (int a = 0; a < n.dims.rank && !g.failed(); ++a) {
        elements *= n.dims[a];
        if (n.dims[a] > 0 && elements <= most) continue;
        g.fail(n.dims[a] > 0 ? problem::too_many_elements : problem::axis_without_elements,
               is_tensor ? g.tensors[tensor_of(n)].name : path{n.op->name}, n.dims);
      }
    }
  }
  /// What does not depend on the input is the same row for every sample.
  static constexpr void yield_rows(graph& g, value y) {
    g.yield(y.batched() ? y : apply<spread>(y));
  }
};

/// Keeps the first outputs of a graph alone, so that what others need is left out.
constexpr void keep_results(graph& g, int count) {
  if (g.result_count > count) g.result_count = count;
}

template <class Net, const auto& Graph>
constexpr bool check() {
  if constexpr (Graph.error.what != problem::none) {
    constexpr auto where = [] { return Graph.error.where; };
    explain<Net, Graph.error.what, spelled<std::remove_const_t<decltype(where)>>, Graph.error.got,
            Graph.error.wanted>();
  }
  return Graph.error.what == problem::none;
}

template <class Net>
inline constexpr auto declared_unchecked = freeze_exactly<forward_table<Net, 1, false>>();

}  // namespace detail

/// The forward graph of a network for one sample.
template <class Net>
inline constexpr const auto& declared = []() -> const auto& {
  static_assert(detail::check<Net, detail::declared_unchecked<Net>>());
  return detail::declared_unchecked<Net>;
}
();

/// Scalars of one input row: all inputs, one after the other.
template <class Net>
inline constexpr int input_size = [] {
  int n = 0;
  for (const tensor& t : declared<Net>.tensors)
    if (t.where == place::input) n += t.dims.count();
  return n;
}();

template <class Net>
inline constexpr shape output_shape = declared<Net>.result().dims;

/// Scalars of one output row.
template <class Net>
inline constexpr int output_size = output_shape<Net>.count();

}  // namespace tapeless
