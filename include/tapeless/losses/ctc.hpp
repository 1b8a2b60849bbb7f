#pragma once
// Connectionist temporal classification: labels in order, against scores of every step.

#include <limits>
#include <tapeless/losses/cross_entropy.hpp>
#include <tapeless/ops/indices.hpp>
#include <tapeless/ops/matmul.hpp>
#include <tapeless/ops/max.hpp>
#include <tapeless/ops/reductions.hpp>
#include <tapeless/ops/scan.hpp>
#include <tapeless/ops/slice.hpp>

namespace tapeless {

/// Settings of ctc.
struct ctc_options {
  int blank = 0;         ///< the class of a step without a label
  bool lengths = false;  ///< behind the labels of a target stands the number of steps that count
};

namespace detail {

/// The logarithm of a probability of 0: so small that no other one adds up to a difference.
inline constexpr double log_of_nothing = -1e30;

/// ln(e^a + e^b), and of three.
constexpr value log_add(value a, value b) {
  const value top = math::detach(math::max(a, b));
  return top + math::log(math::exp_decay(a - top) + math::exp_decay(b - top));
}
constexpr value log_add(value a, value b, value c) {
  const value top = math::detach(math::max(math::max(a, b), c));
  return top +
         math::log(math::exp_decay(a - top) + math::exp_decay(b - top) + math::exp_decay(c - top));
}

/// The logarithm of the probability of the labels, summed over all alignments of them with the
/// steps. A label or a blank in front of it, behind the last or between two is a state; the scan
/// carries the logarithm of the probability of all beginnings that end in each state.
struct ctc_alignments {
  graph& g;
  int most;            ///< labels
  value labels;        ///< {most}
  value count;         ///< of labels of the sample
  value label_scores;  ///< {steps, most}: logarithms of the probabilities of the labels
  value blank_scores;  ///< {steps, 1}
  value length;        ///< steps that count; not recorded where all do

  constexpr value number_if(value mask, value a, double b) const {
    return math::select(mask, a, value{b});
  }
  /// An element of a row, by an index that differs from sample to sample; log_of_nothing for -1.
  constexpr value at(value row, value index) const {
    const value here = math::iota(g, row.dims()) == index;
    const value found = math::sum(math::select(here, row, value{0.0}));
    return number_if(index > value{-0.5}, found, log_of_nothing);
  }

  constexpr value log_probability() const {
    const value before = math::slice(math::pad(labels, 0, 1, 0, -1), 0, 0, most);
    // Two equal labels need a blank between them: the state of the first leads to no second.
    const value repeats = labels == before;
    const value nothing = g.constant(log_of_nothing, shape{most});
    const value first = math::select(math::iota(g, shape{most + 1}) == value{0.0}, value{0.0},
                                     value{log_of_nothing});
    const auto body = [&](value blank, value label, const values<2>& s) {
      const value from_label = math::pad(s.of[1], 0, 1, 0, log_of_nothing);
      const value skipping =
          math::select(repeats, value{log_of_nothing}, math::slice(from_label, 0, 0, most));
      return values<2>{{log_add(s.of[0], from_label) + blank,
                        log_add(s.of[1], math::slice(s.of[0], 0, 0, most), skipping) + label}};
    };
    const values<2> starts{{first, nothing}};
    values<2> last;
    if (length.recorded()) {
      const value step = math::iota(g, shape{label_scores.dims()[0]});
      last = scan(values<3>{{blank_scores, label_scores, step}}, starts,
                  [&](const values<3>& now, const values<2>& s) {
                    values<2> next = body(now.of[0], now.of[1], s);
                    for (int i = 0; i < 2; ++i)
                      next.of[i] = math::select(now.of[2] < length, next.of[i], s.of[i]);
                    return next;
                  })
                 .last;
    } else {
      last = scan(values<2>{{blank_scores, label_scores}}, starts,
                  [&](const values<2>& now, const values<2>& s) {
                    return body(now.of[0], now.of[1], s);
                  })
                 .last;
    }
    return log_add(at(last.of[0], count), at(last.of[1], count - value{1.0}));
  }
};

}  // namespace detail

/// Connectionist temporal classification of logits {steps, classes} against at most `Most` labels
/// in order, PyTorch's CTCLoss of log_softmax(y) with reduction='sum' over the batch size.
/// loss = mean over samples of -ln(sum over alignments of the product over steps of softmax(y[s])).
/// Targets: {Most} labels, class indices other than the blank; a negative number ends them sooner,
/// and none at all is a target too. With ctc_options{.lengths = true} the target is {Most + 1}:
/// behind the labels stands the number of steps that count.
/// Labels that the steps cannot hold, or that are no class, have probability 0: the loss is
/// infinite, its gradient 0. Accuracy: that of sums of logarithms over all steps.
/// Source: Graves et al. 2006.
template <int Most, ctc_options S = ctc_options{}>
struct ctc {
  static_assert(Most > 0, "Tapeless: ctc has room for at least one label: tl::ctc<12>");
  static_assert(S.blank >= 0, "Tapeless: the blank of ctc is the index of a class");

  static constexpr shape target(shape) { return {Most + S.lengths}; }
  static constexpr double terms(shape) { return 1; }

  static constexpr value lower(graph& g, value y, value t) {
    const shape dims = y.dims();
    if (dims.rank != 2 || dims[1] < 2 || S.blank >= dims[1]) {
      g.fail(dims.rank != 2 || dims[1] < 2 ? problem::loss_needs_logits_of_steps
                                           : problem::blank_is_no_class,
             path{"loss"}, dims, shape{1, S.blank + 1});
      return t;
    }
    const value below = y - math::detach(math::maximum_of_numbers(y, -1, true));
    const value scores = below - math::log(math::sum(math::exp_decay(below), {-1}, true));
    const value labels = math::slice(t, 0, 0, Most);
    const value rows = math::one_hot(labels, dims[1]);  // {Most, classes}
    const value of_labels = math::matmul(scores, math::transpose(rows));
    const value known = math::sum(rows, -1) > value{0.5};
    detail::ctc_alignments a{
        .g = g,
        .most = Most,
        .labels = labels,
        .count = math::minimum(
            math::select(labels < value{0.0}, math::iota(g, shape{Most}), value{1.0 * Most})),
        .label_scores = math::select(known, of_labels, value{detail::log_of_nothing}),
        .blank_scores = math::slice(scores, 1, S.blank, 1),
        .length = {}};
    if constexpr (S.lengths) a.length = math::reshape(math::slice(t, 0, Most, 1), shape{});
    if (g.failed()) return t;
    const value log_probability = a.log_probability();
    return math::select(log_probability < value{detail::log_of_nothing / 2},
                        value{std::numeric_limits<double>::infinity()}, -log_probability);
  }
};

}  // namespace tapeless
