#pragma once
// From a declaration to its graph, with a sentence for everything that can be wrong with it.

#include <tapeless/graph/table.hpp>
#include <tapeless/ops/sum.hpp>
#include <tapeless/plan/layout.hpp>

namespace tapeless {

/// Base of a network written as a function:
///
///   struct tagger : tl::network<tagger> {
///     static consteval tl::value define(tl::graph& g) { ... return y; }
///   };
template <class Net>
struct network {};

namespace detail {

template <class Net>
constexpr int max_nodes_of() {
  if constexpr (requires { Net::max_nodes; })
    return Net::max_nodes;
  else
    return default_max_nodes;
}

/// The forward graph as declared; result 0 is the output.
template <class Net, int Batch, bool Training>
struct declare {
  static consteval void build(graph& g) {
    g.batch = Batch;
    g.training = Training;
    value y = Net::define(g);
    if (g.failed()) return;
    if (!y.recorded()) y = g.constant(y.literal);
    // What does not depend on the input is the same row for every sample.
    g.yield(y.batched() ? y : apply<spread>(y));
  }
};

}  // namespace detail

/// What was wanted and what came, for the compiler to print.
template <class Net, path Where, shape Got, shape Wanted>
struct declaration_error {
  template <problem What>
  static constexpr bool free_of = false;
};

namespace detail {

/// One assertion per problem, so that the compiler prints its sentence; the template arguments name
/// the network, the place, what came and what was wanted.
template <class Net, problem P, path Where, shape Got, shape Wanted>
constexpr void explain() {
  using error = declaration_error<Net, Where, Got, Wanted>;
  static_assert(P != problem::too_many_nodes || error::template free_of<P>,
                "Tapeless: this network has more nodes than its table holds; raise it with "
                "'static constexpr int max_nodes' in the network");
  static_assert(P != problem::too_many_tensors || error::template free_of<P>,
                "Tapeless: this network has more inputs, parameters and optimizer state than its "
                "table holds; raise it with 'static constexpr int max_nodes' in the network");
  static_assert(P != problem::too_many_results || error::template free_of<P>,
                "Tapeless: a graph yields at most four results");
  static_assert(P != problem::path_too_long || error::template free_of<P>,
                "Tapeless: the path of a parameter has more than 95 characters");
  static_assert(P != problem::label_is_no_letter || error::template free_of<P>,
                "Tapeless: the labels of an einsum are letters, and '...' at most once per term");
  static_assert(P != problem::label_of_no_operand || error::template free_of<P>,
                "Tapeless: the result of an einsum has a label that no operand has");
  static_assert(P != problem::label_twice_in_result || error::template free_of<P>,
                "Tapeless: the result of an einsum has a label twice");
  static_assert(P != problem::labels_do_not_match_rank || error::template free_of<P>,
                "Tapeless: a term of an einsum has another number of labels than its operand has "
                "axes, or the result more than four");
  static_assert(
      P != problem::shapes_do_not_broadcast || error::template free_of<P>,
      "Tapeless: two values of an elementwise operation have shapes that do not broadcast "
      "to each other");
  static_assert(P != problem::shared_axis_differs || error::template free_of<P>,
                "Tapeless: a matrix product has operands whose shared axes differ in size");
  static_assert(P != problem::layer_needs_a_vector || error::template free_of<P>,
                "Tapeless: a dense layer needs an input of rank 1; put a flatten layer before it");
  static_assert(P != problem::duplicate_parameter_path || error::template free_of<P>,
                "Tapeless: two parameters of this network have the same path");
  static_assert(P != problem::unknown_parameter_path || error::template free_of<P>,
                "Tapeless: this network has no parameter of that path");
  static_assert(P != problem::reshape_changes_count || error::template free_of<P>,
                "Tapeless: a reshape must keep the number of elements");
  static_assert(P != problem::axis_out_of_range || error::template free_of<P>,
                "Tapeless: an axis is out of range for the shape it is applied to");
  static_assert(P != problem::slice_out_of_range || error::template free_of<P>,
                "Tapeless: a slice reaches beyond the axis it is taken from");
  static_assert(P != problem::no_gradient || error::template free_of<P>,
                "Tapeless: the loss does not depend on any trainable parameter");
  static_assert(P != problem::gradient_of_constant || error::template free_of<P>,
                "Tapeless: tl::gradient with respect to a constant; take the gradient with respect "
                "to an input, a parameter, or a value that is computed from one");
  static_assert(P != problem::loss_needs_logits_of_classes || error::template free_of<P>,
                "Tapeless: a loss over classes needs an output of rank 1 with one score per class");
  static_assert(
      P != problem::loss_over_one_class || error::template free_of<P>,
      "Tapeless: a loss over classes needs an output of at least two scores, one is always "
      "right; for two classes and one output take bce_with_logits");
  static_assert(
      P != problem::gradient_of_many_numbers || error::template free_of<P>,
      "Tapeless: gradient(y, x) needs a y of one number; sum it with tl::math::sum, or take "
      "one element of it");
  static_assert(P != problem::input_of_another_shape || error::template free_of<P>,
                "Tapeless: the input of a network inside another has another shape than the value "
                "that it gets there");
  static_assert(P != problem::loss_of_a_sample_is_no_scalar || error::template free_of<P>,
                "Tapeless: the 'lower' of this loss must return one number per sample; sum its "
                "terms with tl::math::sum");
}

template <class Net, const auto& Graph>
constexpr bool check() {
  if constexpr (Graph.error.what != problem::none)
    explain<Net, Graph.error.what, Graph.error.where, Graph.error.got, Graph.error.wanted>();
  return Graph.error.what == problem::none;
}

/// The forward graph for a batch: the first of the constants that a job's graph is made in.
template <class Net, int Batch, bool Training>
inline constexpr auto forward_table = freeze<declare<Net, Batch, Training>, max_nodes_of<Net>()>();

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
/// Scalars of one target row.
template <class Net, class Loss>
inline constexpr int target_size = Loss::target(output_shape<Net>).count();

}  // namespace tapeless
