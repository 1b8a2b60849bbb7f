// Scaler, Normalizer, Binarizer, Imputer, FeatureVectorizer of ai.onnx.ml.

#include <fmt/format.h>

#include <cmath>

#include "operators/compose.hpp"
#include "operators/elementwise.hpp"

namespace tapeless::gen {

namespace {

/// Numbers of an attribute: one for each feature, or one for all.
std::vector<double> feature_numbers(const call& c, const char* attribute, const dimensions& x,
                                    double otherwise) {
  std::vector<double> all = c.numbers(attribute);
  if (all.empty()) all = {otherwise};
  if (x.empty() || (all.size() != 1 && static_cast<std::int64_t>(all.size()) != x.back()))
    throw refusal(fmt::format("{} has {} numbers for an input of shape {}", attribute, all.size(),
                              text_of(x)));
  return all;
}

/// They as an operand: a number, or a parameter that training leaves alone.
operand feature_operand(lowering& l, const char* attribute, std::vector<double> numbers) {
  if (numbers.size() == 1) return {-1, numbers[0]};
  const std::string path = l.parameter_path(l.at().label() + "." + attribute);
  const auto count = static_cast<std::int64_t>(numbers.size());
  return {l.to.parameter({path, {count}, std::move(numbers), false})};
}

void evaluate_scaler(evaluation& e) {
  tensor y = e.in(0);
  const std::vector<double> offset = feature_numbers(e, "offset", y.dims, 0),
                            scale = feature_numbers(e, "scale", y.dims, 1);
  for (std::size_t i = 0; i < y.numbers.size(); ++i)
    y.numbers[i] = (y.numbers[i] - offset[i % offset.size()]) * scale[i % scale.size()];
  y.type = element::f32;
  e.out(0, std::move(y));
}

void lower_scaler(lowering& l) {
  const term x = l.in(0);
  const operand offset = feature_operand(l, "offset", feature_numbers(l, "offset", x.dims, 0));
  const operand scale = feature_operand(l, "scale", feature_numbers(l, "scale", x.dims, 1));
  const int y = combine(l.to, "*", {combine(l.to, "-", {x.statement}, offset)}, scale);
  l.out(0, y, x.sample);
}

std::string norm_of(const call& c) {
  std::string norm = c.text("norm", "MAX");
  if (norm != "MAX" && norm != "L1" && norm != "L2") throw refusal("norm is " + norm);
  return norm;
}

void evaluate_normalizer(evaluation& e) {
  tensor y = e.in(0);
  const std::string norm = norm_of(e);
  if (y.rank() == 0) throw refusal("the input has no axis");
  const auto width = static_cast<std::size_t>(y.dims.back());
  for (std::size_t from = 0; from < y.numbers.size(); from += width) {
    double* x = y.numbers.data() + from;
    double n = norm == "MAX" ? x[0] : 0;
    for (std::size_t i = 0; i < width; ++i) {
      if (norm == "MAX") n = std::max(n, x[i]);
      if (norm == "L1") n += std::fabs(x[i]);
      if (norm == "L2") n += x[i] * x[i];
    }
    if (norm == "L2") n = std::sqrt(n);
    for (std::size_t i = 0; i < width && n != 0; ++i) x[i] /= n;
  }
  y.type = element::f32;
  e.out(0, std::move(y));
}

void lower_normalizer(lowering& l) {
  const std::string norm = norm_of(l);
  const term x = l.inner(l.in(0)).empty() ? l.full(0) : l.in(0);
  declaration& d = l.to;
  const int axis = static_cast<int>(d[x.statement].dims.size()) - 1;
  int n = x.statement;
  if (norm == "L1") n = apply(d, "tl::math::abs", n);
  if (norm == "L2") n = apply(d, "tl::math::square", n);
  n = reduce(d, norm == "MAX" ? "maximum" : "sum", n, axis);
  if (norm == "L2") n = apply(d, "tl::math::sqrt", n);
  // Rows with a norm of 0 are divided by 1.
  const int divisor = combine(d, "+", {n}, {combine(d, "==", {n}, {-1, 0.0})});
  const int y = combine(d, "/", {x.statement}, {divisor});
  l.out(0, l.per_sample_like(0, {y, x.dims, x.sample}));
}

void evaluate_binarizer(evaluation& e) {
  const double threshold = e.number("threshold", 0);
  map(e, [&](double x) { return x > threshold ? 1.0 : 0.0; });
}

void lower_binarizer(lowering& l) {
  const term x = l.in(0);
  l.out(0, combine(l.to, ">", {x.statement}, {-1, l.number("threshold", 0)}), x.sample);
}

/// The value that stands for a missing one, and the values to put there.
struct imputation {
  double missing = 0;
  std::vector<double> values;
  bool is_missing(double x) const { return x == missing || (x != x && missing != missing); }
};

imputation imputation_of(const call& c, const tensor& x) {
  imputation m;
  if (is_float(x.type)) {
    m.missing = c.number("replaced_value_float", 0);
    m.values = feature_numbers(c, "imputed_value_floats", x.dims, 0);
    return m;
  }
  m.missing = static_cast<double>(c.integer("replaced_value_int64", 0));
  for (const std::int64_t v :
       c.integers("imputed_value_int64s").value_or(std::vector<std::int64_t>{}))
    m.values.push_back(static_cast<double>(v));
  if (m.values.empty() ||
      (m.values.size() != 1 &&
       (x.dims.empty() || static_cast<std::int64_t>(m.values.size()) != x.dims.back())))
    throw refusal(
        fmt::format("{} values for an input of shape {}", m.values.size(), text_of(x.dims)));
  return m;
}

void evaluate_imputer(evaluation& e) {
  tensor y = e.in(0);
  const imputation m = imputation_of(e, y);
  for (std::size_t i = 0; i < y.numbers.size(); ++i)
    if (m.is_missing(y.numbers[i])) y.numbers[i] = m.values[i % m.values.size()];
  e.out(0, std::move(y));
}

void lower_imputer(lowering& l) {
  const imputation m = imputation_of(l, l.value(0).sample);
  const operand values = feature_operand(l, "values", m.values);
  const term x = l.in(0);
  // NaN is what differs from itself.
  const int is_there = m.missing != m.missing ? combine(l.to, "==", {x.statement}, {x.statement})
                                              : combine(l.to, "!=", {x.statement}, {-1, m.missing});
  const int y = combine_by(l.to, "tl::math::select", {{is_there}, {x.statement}, values});
  l.out(0, y, x.sample);
}

void evaluate_vectorizer(evaluation& e) {
  std::int64_t rows = -1, columns = 0;
  for (std::size_t i = 0; i < e.input_count(); ++i) {
    const dimensions& dims = e.in(i).dims;
    if (dims.empty() || dims.size() > 2) throw refusal("an input has not 1 or 2 axes");
    const std::int64_t own = dims.size() == 2 ? dims[0] : 1;
    if (rows >= 0 && own != rows) throw refusal("inputs differ in their number of rows");
    rows = own;
    columns += dims.back();
  }
  tensor& y = e.out(0, element::f32, {rows, columns});
  std::size_t at = 0;
  for (std::int64_t r = 0; r < rows; ++r)
    for (std::size_t i = 0; i < e.input_count(); ++i)
      for (std::int64_t c = 0, n = e.in(i).dims.back(); c < n; ++c)
        y.numbers[at++] = e.in(i).numbers[static_cast<std::size_t>(r * n + c)];
}

void lower_vectorizer(lowering& l) {
  std::vector<int> parts;
  for (std::size_t i = 0; i < l.input_count(); ++i) {
    const term x = l.full(i);
    const std::int64_t rows = x.dims.size() == 2 ? x.dims[0] : 1;
    parts.push_back(l.to.reshape(x.statement, {rows, x.dims.back()}));
  }
  l.out(0, l.per_sample({concat(l.to, parts, 1), l.out_dims(), false}));
}

const registered entries{
    {"ai.onnx.ml", "Scaler", evaluate_scaler, lower_scaler},
    {"ai.onnx.ml", "Normalizer", evaluate_normalizer, lower_normalizer},
    {"ai.onnx.ml", "Binarizer", evaluate_binarizer, lower_binarizer},
    {"ai.onnx.ml", "Imputer", evaluate_imputer, lower_imputer},
    {"ai.onnx.ml", "FeatureVectorizer", evaluate_vectorizer, lower_vectorizer},
};

}  // namespace
}  // namespace tapeless::gen
