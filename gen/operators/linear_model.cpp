// LinearRegressor, LinearClassifier of ai.onnx.ml.

#include <fmt/format.h>

#include <cmath>

#include "operators/axes.hpp"
#include "operators/compose.hpp"
#include "operators/dense.hpp"
#include "operators/extremes.hpp"
#include "operators/matrices.hpp"
#include "operators/operator.hpp"

namespace tapeless::gen {

namespace {

/// Coefficients {targets, features} and intercepts {targets}.
struct linear_model {
  tensor coefficients, intercepts;
};

linear_model model_of(const call& c, const dimensions& x, std::int64_t targets) {
  if (x.empty() || x.size() > 2)
    throw refusal(fmt::format("an input of {} axes, not 1 or 2", x.size()));
  linear_model m;
  m.coefficients.numbers = c.numbers("coefficients");
  m.intercepts.numbers = c.numbers("intercepts");
  const std::int64_t features = x.back();
  if (targets < 1 || static_cast<std::int64_t>(m.coefficients.numbers.size()) != targets * features)
    throw refusal(fmt::format("{} coefficients for {} targets of {} features",
                              m.coefficients.numbers.size(), targets, features));
  if (m.intercepts.numbers.empty()) m.intercepts.numbers.resize(static_cast<std::size_t>(targets));
  if (static_cast<std::int64_t>(m.intercepts.numbers.size()) != targets)
    throw refusal(
        fmt::format("{} intercepts for {} targets", m.intercepts.numbers.size(), targets));
  m.coefficients.dims = {targets, features};
  m.intercepts.dims = {targets};
  return m;
}

/// {samples, targets}.
tensor scores_of(const linear_model& m, tensor x) {
  if (x.rank() == 1) x.dims.insert(x.dims.begin(), 1);
  tensor y = product(x, transposed(m.coefficients));
  y.type = element::f32;
  const std::size_t targets = m.intercepts.numbers.size();
  for (std::size_t i = 0; i < y.numbers.size(); ++i)
    y.numbers[i] += m.intercepts.numbers[i % targets];
  return y;
}

/// The scores as a statement of the form of x.
int scores_of(lowering& l, const linear_model& m, const term& x) {
  const std::string name = l.at().name.empty() ? "linear" : l.at().name;
  if (l.inner(x).size() == 1) return dense(l, x, m.coefficients, &m.intercepts, name);
  const tensor weights = transposed(m.coefficients);
  const int w =
      l.to.parameter({l.parameter_path(name + ".weight"), weights.dims, weights.numbers, true});
  const int b = l.to.parameter(
      {l.parameter_path(name + ".bias"), m.intercepts.dims, m.intercepts.numbers, true});
  const int y = l.to.call("tl::math::matmul", {{x.statement}, {w}}, {x.dims[0], weights.dims[1]});
  return combine(l.to, "+", {y}, {b});
}

/// Input 0; one axis alone is that of the features, not of the batch.
term sample_or_row(lowering& l) { return l.dims(0).size() == 1 ? l.full(0) : l.in(0); }

std::string post_transform(const call& c, bool is_classifier) {
  std::string name = c.text("post_transform", "NONE");
  if (name == "NONE" || (is_classifier && (name == "LOGISTIC" || name == "SOFTMAX"))) return name;
  throw refusal(fmt::format("post_transform is {}", name));
}

void evaluate_regressor(evaluation& e) {
  post_transform(e, false);
  e.out(0, scores_of(model_of(e, e.in(0).dims, e.integer("targets", 1)), e.in(0)));
}

void lower_regressor(lowering& l) {
  const term x = sample_or_row(l);
  const int y = scores_of(l, model_of(l, x.dims, l.integer("targets", 1)), x);
  const term result{y, l.out_dims(), x.sample || x.dims.size() == 1};
  l.out(0, result);
}

// --- classifiers

/// Class labels: integers, or texts that a network has no use for.
struct classes {
  std::vector<std::int64_t> integers;
  std::vector<std::string> texts;
  std::int64_t targets = 0;  ///< one for two classes means a score of the second one
  bool one_of_two() const { return targets == 1; }
};

classes classes_of(const call& c) {
  classes k;
  k.integers = c.integers("classlabels_ints").value_or(std::vector<std::int64_t>{});
  const auto texts = c.at().attributes.find("classlabels_strings");
  if (texts != c.at().attributes.end()) k.texts = texts->second.texts;
  const std::size_t count = k.texts.empty() ? k.integers.size() : k.texts.size();
  k.targets = static_cast<std::int64_t>(c.numbers("intercepts").size());
  if (k.targets == 0) k.targets = static_cast<std::int64_t>(count);
  if (static_cast<std::int64_t>(count) != k.targets && !(k.one_of_two() && count == 2))
    throw refusal(fmt::format("{} class labels for {} scores", count, k.targets));
  return k;
}

void transform(std::vector<double>& row, const std::string& how) {
  if (how == "LOGISTIC")
    for (double& x : row) x = 1 / (1 + std::exp(-x));
  if (how != "SOFTMAX") return;
  double most = row[0], sum = 0;
  for (const double x : row) most = std::max(most, x);
  for (const double x : row) sum += std::exp(x - most);
  for (double& x : row) x = std::exp(x - most) / sum;
}

void evaluate_classifier(evaluation& e) {
  const classes k = classes_of(e);
  const std::string how = post_transform(e, true);
  const tensor raw = scores_of(model_of(e, e.in(0).dims, k.targets), e.in(0));
  const std::int64_t samples = raw.dims[0], columns = k.one_of_two() ? 2 : k.targets;
  tensor labels = zeros(k.texts.empty() ? element::i64 : element::text, {samples});
  tensor scores = zeros(element::f32, {samples, columns});
  const auto width = static_cast<std::size_t>(k.targets);
  for (std::size_t n = 0; n < static_cast<std::size_t>(samples); ++n) {
    const double* x = raw.numbers.data() + n * width;
    std::vector<double> row(x, x + width);
    std::size_t best = k.one_of_two() && row[0] > 0 ? 1 : 0;
    for (std::size_t i = 0; i < width && !k.one_of_two(); ++i)
      if (row[i] > row[best]) best = i;
    // A score alone is a number of its own: softmax leaves it as it is.
    if (!k.one_of_two() || how == "LOGISTIC") transform(row, how);
    if (k.one_of_two()) row = {1 - row[0], row[0]};
    std::copy(row.begin(), row.end(),
              scores.numbers.begin() + static_cast<std::ptrdiff_t>(n) * columns);
    if (k.texts.empty())
      labels.numbers[n] = static_cast<double>(k.integers[best]);
    else
      labels.texts[n] = k.texts[best];
  }
  e.out(0, std::move(labels));
  if (e.output_count() > 1) e.out(1, std::move(scores));
}

/// The label of each sample from the place of its class, a statement with the last axis at 1.
int label_of(lowering& l, const classes& k, int place) {
  std::vector<double> labels(k.integers.begin(), k.integers.end());
  bool same = true;
  for (std::size_t i = 0; i < labels.size(); ++i)
    same = same && labels[i] == static_cast<double>(i);
  if (same) return place;
  declaration& d = l.to;
  const auto count = static_cast<std::int64_t>(labels.size());
  const std::size_t rank = d[place].dims.size();
  const int axis = static_cast<int>(rank) - 1;
  const int hot = combine(d, "==", {place}, {positions(d, count, axis, rank)});
  const int all = d.parameter({l.parameter_path("classes"), {count}, std::move(labels), false});
  return reduce(d, "sum", combine(d, "*", {hot}, {all}), axis);
}

void lower_classifier(lowering& l) {
  const classes k = classes_of(l);
  const std::string how = post_transform(l, true);
  const term x = sample_or_row(l);
  declaration& d = l.to;
  int scores = scores_of(l, model_of(l, x.dims, k.targets), x);
  const int axis = static_cast<int>(d[scores].dims.size()) - 1;
  const bool sample = x.sample || x.dims.size() == 1;
  if (k.texts.empty()) {
    const int place = k.one_of_two() ? combine(d, ">", {scores}, {-1, 0.0})
                                     : maximum_of(d, scores, axis, false).index;
    term label{-1, l.out_dims(0), sample};
    label.statement = d.reshape(label_of(l, k, place), l.inner(label));
    l.out(0, label);
  }
  if (how == "LOGISTIC") scores = apply(d, "tl::math::sigmoid", scores);
  if (how == "SOFTMAX" && !k.one_of_two()) scores = apply(d, "tl::math::softmax", scores);
  if (k.one_of_two()) scores = concat(d, {combine(d, "-", {-1, 1.0}, {scores}), scores}, axis);
  if (l.output_count() > 1) l.out(1, term{scores, l.out_dims(1), sample});
}

const registered entries{
    {"ai.onnx.ml", "LinearRegressor", evaluate_regressor, lower_regressor},
    {"ai.onnx.ml", "LinearClassifier", evaluate_classifier, lower_classifier},
};

}  // namespace
}  // namespace tapeless::gen
