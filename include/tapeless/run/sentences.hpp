#pragma once
// A sentence for everything that can be wrong with a declaration, and the place that the compiler
// prints beside it.

#include <tapeless/graph/graph.hpp>
#include <utility>

namespace tapeless {

/// The characters of a path: as template arguments of their own compilers print them as letters,
/// those of an array as numbers.
template <char...>
struct at {};

namespace detail {

/// Where is a function object without state that returns a path.
template <class Where, std::size_t... I>
constexpr at<Where{}().text[I]...> spell(std::index_sequence<I...>) {
  return {};
}
template <class Where>
using spelled =
    decltype(spell<Where>(std::make_index_sequence<static_cast<std::size_t>(Where{}().size)>{}));

}  // namespace detail

/// What was wanted and what came, for the compiler to print.
template <class Net, class Where, shape Got, shape Wanted>
struct declaration_error {
  template <problem What>
  static constexpr bool free_of = false;
};

namespace detail {

/// One assertion per problem, so that the compiler prints its sentence; the template arguments name
/// the network, the place, what came and what was wanted.
template <class Net, problem P, class Where, shape Got, shape Wanted>
constexpr void explain() {
  using error = declaration_error<Net, Where, Got, Wanted>;
  static_assert(P != problem::too_many_nodes || error::template free_of<P>,
                "Tapeless: this network has more nodes than its table holds; raise it with "
                "'static constexpr int max_nodes' in the network");
  static_assert(P != problem::too_many_tensors || error::template free_of<P>,
                "Tapeless: this network has more inputs, parameters and optimizer state than its "
                "table holds; raise it with 'static constexpr int max_nodes' in the network");
  static_assert(P != problem::too_many_results || error::template free_of<P>,
                "Tapeless: a graph yields at most eight results, its outputs among them");
  static_assert(P != problem::axis_without_elements || error::template free_of<P>,
                "Tapeless: every axis of a value has one element or more");
  static_assert(P != problem::too_many_elements || error::template free_of<P>,
                "Tapeless: a value has at most 2147483647 elements a sample");
  static_assert(P != problem::too_many_positions || error::template free_of<P>,
                "Tapeless: gather and embedding take at most 16777216 rows, iota and one_hot at "
                "most 8388608 positions: a float tells no more of them apart");
  static_assert(
      P != problem::derivative_of_integers || error::template free_of<P>,
      "Tapeless: with_respect_to<...> names an input of integers, which has no derivative");
  static_assert(
      P != problem::duplicate_output || error::template free_of<P>,
      "Tapeless: two outputs of this network have the same name; what 'define' returns has "
      "the name \"y\" unless g.output gives it another one");
  static_assert(
      P != problem::unknown_output || error::template free_of<P>,
      "Tapeless: tl::on<\"name\", loss> names no output of this network; outputs are what "
      "'define' returns, \"y\", and what g.output names");
  static_assert(P != problem::layer_needs_a_sequence || error::template free_of<P>,
                "Tapeless: a recurrent layer takes a sequence of vectors, {steps, features}");
  static_assert(P != problem::start_of_another_shape || error::template free_of<P>,
                "Tapeless: a start of a recurrent layer has another shape than the state; that is "
                "{layers * directions, outputs}, and one number for the length of a sample");
  static_assert(
      P != problem::values_of_two_scans || error::template free_of<P>,
      "Tapeless: an operation has operands of two scans; what the body of a scan computes "
      "leaves the scan by what the body returns alone");
  static_assert(P != problem::blank_is_no_class || error::template free_of<P>,
                "Tapeless: the blank of ctc is the index of a class, from 0 to classes - 1");
  static_assert(P != problem::scan_window_below_zero || error::template free_of<P>,
                "Tapeless: the window of a scan is a number of steps, 0 for the whole sequence");
  static_assert(P != problem::scan_recompute_below_zero || error::template free_of<P>,
                "Tapeless: what a scan recomputes is a number of steps, 0 to keep all of them");
  static_assert(P != problem::scan_recompute_inside_a_scan || error::template free_of<P>,
                "Tapeless: a scan in the body of another scan recomputes no steps; let the outer "
                "scan do so");
  static_assert(P != problem::scan_without_steps || error::template free_of<P>,
                "Tapeless: a scan walks axis 0 of its sequences, and this value has no axis");
  static_assert(P != problem::sequences_of_different_length || error::template free_of<P>,
                "Tapeless: the sequences of a scan have different lengths");
  static_assert(P != problem::carried_value_changes_shape || error::template free_of<P>,
                "Tapeless: the body of a scan returns a carried value of another shape than its "
                "start has");
  static_assert(
      P != problem::scan_inside_a_scan || error::template free_of<P>,
      "Tapeless: a scan inside the body of a scan inside the body of a third one has at most "
      "64 steps, and is no part of an inner network");
  static_assert(
      P != problem::value_inside_a_scan || error::template free_of<P>,
      "Tapeless: what the body of a scan computes leaves the scan by what the body returns "
      "alone; it is no output, and a body has no batch_norm that trains");
  static_assert(
      P != problem::gradient_of_other_steps || error::template free_of<P>,
      "Tapeless: a gradient inside the body of a scan is one of its own step: with respect "
      "to what the body takes, or to values from outside other than sequences and starts; it "
      "does not walk back through a scan outside of the body");
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
                "axes, or the result more than six");
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
  static_assert(
      P != problem::group_without_parameter || error::template free_of<P>,
      "Tapeless: all parameters that a parameter_group names belong to a group before it, "
      "or are frozen; put the narrower group first");
  static_assert(P != problem::reshape_changes_count || error::template free_of<P>,
                "Tapeless: a reshape must keep the number of elements");
  static_assert(P != problem::axis_out_of_range || error::template free_of<P>,
                "Tapeless: an axis is out of range for the shape it is applied to");
  static_assert(P != problem::rows_of_another_shape || error::template free_of<P>,
                "Tapeless: 'gather' takes rows of a table of two axes, by indices of at most five");
  static_assert(P != problem::slice_out_of_range || error::template free_of<P>,
                "Tapeless: a slice reaches beyond the axis it is taken from");
  static_assert(P != problem::window_beyond_axis || error::template free_of<P>,
                "Tapeless: a kernel, or the window of a pool, is larger than the input with its "
                "padding");
  static_assert(P != problem::window_of_nothing || error::template free_of<P>,
                "Tapeless: a window needs a size, a stride and a dilation of at least 1, and no "
                "negative padding");
  static_assert(P != problem::window_of_padding || error::template free_of<P>,
                "Tapeless: a window of a pool would lie in the padding alone; a padding is at most "
                "half of the size");
  static_assert(P != problem::copies_beyond_axis || error::template free_of<P>,
                "Tapeless: a padding that reflects is smaller than the input, and one that is "
                "circular no larger");
  static_assert(P != problem::padding_leaves_nothing || error::template free_of<P>,
                "Tapeless: the padding of a transposed convolution leaves no output");
  static_assert(P != problem::groups_do_not_divide || error::template free_of<P>,
                "Tapeless: the groups of a convolution or normalisation must divide its channels, "
                "of the input and of the output");
  static_assert(
      P != problem::batch_norm_twice || error::template free_of<P>,
      "Tapeless: batch_norm in a layer that is used twice would follow two values with one "
      "pair of running statistics; take layer_norm or group_norm, or two layers");
  static_assert(P != problem::batch_norm_of_one || error::template free_of<P>,
                "Tapeless: batch_norm cannot train on one number per channel, whose variance is 0; "
                "take a batch of at least 2 samples");
  static_assert(P != problem::norm_of_one || error::template free_of<P>,
                "Tapeless: a group_norm or instance_norm over one number makes it 0; take fewer "
                "groups, or normalise before space is gone");
  static_assert(P != problem::pixels_do_not_divide || error::template free_of<P>,
                "Tapeless: the square of the factor of pixel_shuffle divides the channels, the "
                "factor of pixel_unshuffle divides height and width");
  static_assert(P != problem::attention_of_other_ranks || error::template free_of<P>,
                "Tapeless: the queries, keys and values of an attention are {steps, features} or "
                "{heads, steps, features}, keys and values alike");
  static_assert(
      P != problem::attention_lengths_differ || error::template free_of<P>,
      "Tapeless: the keys and the values of an attention have different lengths or heads");
  static_assert(P != problem::attention_widths_differ || error::template free_of<P>,
                "Tapeless: the queries and the keys of an attention have different widths, or the "
                "input of its layer another width than the layer");
  static_assert(P != problem::attention_heads_do_not_divide || error::template free_of<P>,
                "Tapeless: the heads of keys and values must divide those of the queries");
  static_assert(P != problem::mask_of_another_shape || error::template free_of<P>,
                "Tapeless: the mask of an attention must broadcast to its scores, {queries, keys} "
                "or {heads, queries, keys}");
  static_assert(P != problem::attention_in_pieces || error::template free_of<P>,
                "Tapeless: the queries_at_once of an attention are at least 0, and need dropout 0");
  static_assert(P != problem::layer_needs_steps || error::template free_of<P>,
                "Tapeless: this layer needs an input of steps and features, such as "
                "tl::input<16, 64>");
  static_assert(P != problem::steps_beyond_the_table || error::template free_of<P>,
                "Tapeless: a sequence has more steps than its layer has learnt positions");
  static_assert(P != problem::rotary_on_odd_width || error::template free_of<P>,
                "Tapeless: rotary positions turn pairs of features; the width must be even");
  static_assert(P != problem::glu_of_odd_axis || error::template free_of<P>,
                "Tapeless: a glu halves an axis, whose extent has to be even");
  static_assert(P != problem::layer_needs_channels || error::template free_of<P>,
                "Tapeless: this layer needs an input of channels and one or two axes of space, "
                "such as tl::input<3, 32, 32>");
  static_assert(P != problem::no_gradient || error::template free_of<P>,
                "Tapeless: the loss does not depend on any trainable parameter");
  static_assert(P != problem::gradient_of_constant || error::template free_of<P>,
                "Tapeless: tl::gradient with respect to a constant; take the gradient with respect "
                "to an input, a parameter, or a value that is computed from one");
  static_assert(P != problem::loss_needs_logits_of_classes || error::template free_of<P>,
                "Tapeless: a loss over classes needs an output of rank 1 with one score per class");
  static_assert(
      P != problem::cache_of_another_shape || error::template free_of<P>,
      "Tapeless: one step of an attention takes x {1, width} and a cache {2, steps, width "
      "of keys}, of a stack {layers, 2, steps, width of keys}");
  static_assert(P != problem::loss_needs_logits_of_steps || error::template free_of<P>,
                "Tapeless: a loss over the classes of every step needs an output of steps and at "
                "least two classes, {steps, classes}");
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
  static_assert(P != problem::inputs_of_an_inner_network || error::template free_of<P>,
                "Tapeless: a network inside another gets another number of values than it has "
                "inputs");
  static_assert(P != problem::shared_parameter_of_another_shape || error::template free_of<P>,
                "Tapeless: a shared layer stands where its parameter would have another shape than "
                "where it stood first");
  static_assert(P != problem::class_weights_of_another_count || error::template free_of<P>,
                "Tapeless: class_weights<Loss, ...> has another number of weights than the network "
                "has classes");
  static_assert(P != problem::too_many_loss_scalars || error::template free_of<P>,
                "Tapeless: a loss has at most four numbers that change from call to call, "
                "tl::loss_scalar(g, 0) to tl::loss_scalar(g, 3)");
  static_assert(P != problem::loss_scalar_without_options || error::template free_of<P>,
                "Tapeless: a loss reads tl::loss_scalar but has no 'struct options' with 'static "
                "constexpr void numbers(const options&, double*)'");
  static_assert(P != problem::loss_of_a_sample_is_no_scalar || error::template free_of<P>,
                "Tapeless: the 'lower' of this loss must return one number per sample; sum its "
                "terms with tl::math::sum");
  static_assert(P != problem::unknown_variable || error::template free_of<P>,
                "Tapeless: with_respect_to<...> has a name that is no input and no path of a "
                "parameter of this network");
  static_assert(P != problem::variables_of_two_kinds || error::template free_of<P>,
                "Tapeless: a derivative is taken with respect to inputs or to parameters; make two "
                "calls for both");
  static_assert(P != problem::derivative_of_many_numbers || error::template free_of<P>,
                "Tapeless: hvp and hessian without a loss need a network with one output; give "
                "them a loss, or sum the outputs in the network");
  static_assert(
      P != problem::stream_of_several_inputs || error::template free_of<P>,
      "Tapeless: a stream needs a network with one input, whose axis of time it cuts into "
      "blocks");
  static_assert(P != problem::stream_has_no_time_axis || error::template free_of<P>,
                "Tapeless: a stream needs an axis of time in the input, the last one unless "
                "tl::time_axis<A> says otherwise; this input has no such axis");
  static_assert(P != problem::stream_without_time || error::template free_of<P>,
                "Tapeless: a stream needs an output that follows time; the output of this network "
                "does not depend on the input, or has no axis of time left");
  static_assert(P != problem::stream_looks_ahead || error::template free_of<P>,
                "Tapeless: a stream needs layers that look back alone; what is named here reads "
                "samples that have not come yet, as padding behind the input does: take "
                "tl::padding::causal");
  static_assert(
      P != problem::stream_pads_late || error::template free_of<P>,
      "Tapeless: a stream pads in front of the first sample alone; what is named here pads a "
      "value that begins later, behind a window without padding or a cut: pad all layers "
      "causally, or none");
  static_assert(
      P != problem::stream_recurrence_starts_late || error::template free_of<P>,
      "Tapeless: a stream needs recurrences that start at the first sample; layers before "
      "them pad causally");
  static_assert(
      P != problem::stream_start_of_samples || error::template free_of<P>,
      "Tapeless: a stream needs recurrences that start from numbers or parameters, not from "
      "what a sample says");
  static_assert(
      P != problem::stream_of_a_last_state || error::template free_of<P>,
      "Tapeless: a stream needs one output for each sample, and what a recurrence carries "
      "behind the last step is none; let the recurrence yield all steps");
  static_assert(
      P != problem::stream_carries_too_much || error::template free_of<P>,
      "Tapeless: a stream carries at most seven values of recurrences from block to block");
  static_assert(
      P != problem::stream_runs_backwards || error::template free_of<P>,
      "Tapeless: a stream needs samples in their order; what is named here reverses time");
  static_assert(P != problem::stream_skips_samples || error::template free_of<P>,
                "Tapeless: a stream needs one output for each sample; what is named here has a "
                "stride along time");
  static_assert(P != problem::stream_joins_all_of_time || error::template free_of<P>,
                "Tapeless: a stream needs layers with a bounded window of time; what is named here "
                "sums, or takes the maximum or softmax, over the whole axis of time");
  static_assert(P != problem::stream_knows_positions || error::template free_of<P>,
                "Tapeless: a stream needs the same computation at each sample; what is named here "
                "has a weight, a number or a position of its own for each sample, or spreads one "
                "sample over all");
  static_assert(P != problem::stream_moves_time || error::template free_of<P>,
                "Tapeless: a stream needs an axis of time that stays whole; what is named here "
                "splits, merges or joins it, or cannot tell it from another axis of extent 1");
  static_assert(
      P != problem::stream_of_two_borders || error::template free_of<P>,
      "Tapeless: a stream needs one number in front of the first sample of a value; what is "
      "named here pads a value with a second one");
  static_assert(
      P != problem::stream_of_unknown_operation || error::template free_of<P>,
      "Tapeless: a stream needs operations of which it knows what they do along time; what "
      "is named here is none of them");
  static_assert(
      P != problem::loss_ignores_the_output || error::template free_of<P>,
      "Tapeless: this loss does not depend on the output of the network; its 'lower' gets "
      "the output as its second argument");
}

}  // namespace detail
}  // namespace tapeless
