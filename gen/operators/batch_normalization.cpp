// BatchNormalization with the statistics of training.

#include <fmt/format.h>

#include <cmath>

#include "operators/compose.hpp"
#include "operators/dense.hpp"
#include "operators/normalization.hpp"
#include "operators/operator.hpp"

namespace tapeless::gen {

namespace {

void expect_inference(const call& c) {
  const std::string instead = "export the model for inference, as model.eval() in PyTorch";
  if (c.integer("training_mode", 0) != 0) throw refusal("training_mode is 1", instead);
  if (c.opset() < 7 && c.integer("is_test", 0) == 0) throw refusal("is_test is 0", instead);
  for (std::size_t i = 1; i < c.at().outputs.size(); ++i)
    if (!c.at().outputs[i].empty()) throw refusal("statistics of training are outputs", instead);
  if (c.integer("spatial", 1) == 0) throw refusal("spatial is 0");
}

std::int64_t channels_of(const dimensions& x) {
  if (x.empty()) throw refusal("the input has no axis");
  return x.size() > 1 ? x[1] : 1;
}

void evaluate_batch(evaluation& e) {
  expect_inference(e);
  tensor y = e.in(0);
  const std::int64_t channels = channels_of(y.dims);
  for (std::size_t i = 1; i < 5; ++i)
    if (e.in(i).count() != channels)
      throw refusal(
          fmt::format("input {} has {} numbers for {} channels", i, e.in(i).count(), channels));
  const double epsilon = e.number("epsilon", 1e-5);
  const std::int64_t places = y.dims.size() > 1 ? count_of({y.dims.begin() + 2, y.dims.end()}) : 1;
  for (std::size_t i = 0; i < y.numbers.size(); ++i) {
    const auto c = static_cast<std::size_t>(static_cast<std::int64_t>(i) / places % channels);
    y.numbers[i] = (y.numbers[i] - e.in(3).numbers[c]) / std::sqrt(e.in(4).numbers[c] + epsilon) *
                       e.in(1).numbers[c] +
                   e.in(2).numbers[c];
  }
  e.out(0, std::move(y));
}

/// y = x * factor + shift.
struct affine {
  std::vector<double> factor, shift;
};

affine affine_of(lowering& l) {
  affine a;
  const double epsilon = l.number("epsilon", 1e-5);
  for (std::size_t c = 0; c < l.constant(1)->numbers.size(); ++c) {
    a.factor.push_back(l.constant(1)->numbers[c] / std::sqrt(l.constant(4)->numbers[c] + epsilon));
    a.shift.push_back(l.constant(2)->numbers[c] - l.constant(3)->numbers[c] * a.factor[c]);
  }
  return a;
}

/// Gives the layer whose result the input is the factors and shifts.
bool fold_into_dense(lowering& l, const affine& a) {
  statement* s = sole_dense(l, 0);
  if (s == nullptr || l.inner(l.in(0)).size() != 1) return false;
  if (s->dims[0] != static_cast<std::int64_t>(a.factor.size())) return false;
  weight& w = l.to.weights[static_cast<std::size_t>(s->weight)];
  const std::size_t columns = w.numbers.size() / a.factor.size();
  for (std::size_t i = 0; i < w.numbers.size(); ++i) w.numbers[i] *= a.factor[i / columns];
  if (s->bias < 0)
    s->bias =
        l.to.add_weight({s->name + ".bias", s->dims, std::vector<double>(a.shift.size()), true});
  std::vector<double>& bias = l.to.weights[static_cast<std::size_t>(s->bias)].numbers;
  for (std::size_t i = 0; i < bias.size(); ++i) bias[i] = bias[i] * a.factor[i] + a.shift[i];
  l.out(0, *l.value(0).declared);
  return true;
}

/// One number per channel as a parameter.
term parameter_of(lowering& l, std::size_t i, std::vector<double> numbers, std::size_t rank) {
  dimensions dims(rank > 1 ? rank - 1 : 1, 1);
  dims[0] = static_cast<std::int64_t>(numbers.size());
  const known_value& v = l.value(i);
  const std::string path = l.parameter_path(v.origin.empty() ? l.at().inputs[i] : v.origin);
  return {l.to.parameter({path, dims, std::move(numbers), v.learnt}), dims, false};
}

void lower_batch(lowering& l) {
  const term x = l.in(0);
  const std::size_t rank = x.dims.size();
  bool constant = true;
  for (std::size_t i = 1; i < 5; ++i) constant = constant && l.constant(i) != nullptr;
  if (constant) {
    const affine a = affine_of(l);
    if (fold_into_dense(l, a)) return;
    const term y = combine(l, "*", x, parameter_of(l, 1, a.factor, rank));
    return l.out(0, combine(l, "+", y, parameter_of(l, 2, a.shift, rank)));
  }
  const auto channel = [&](std::size_t i) { return per_channel(l, i, rank); };
  term deviation = channel(4);
  deviation.statement = root(l.to, deviation.statement, l.number("epsilon", 1e-5));
  const term normal = combine(l, "/", combine(l, "-", x, channel(3)), deviation);
  l.out(0, combine(l, "+", combine(l, "*", normal, channel(1)), channel(2)));
}

const registered entries{{"", "BatchNormalization", evaluate_batch, lower_batch}};

}  // namespace
}  // namespace tapeless::gen
