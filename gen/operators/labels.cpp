// LabelEncoder, ZipMap of ai.onnx.ml.

#include <fmt/format.h>

#include "operators/compose.hpp"
#include "operators/elementwise.hpp"

namespace tapeless::gen {

namespace {

/// Numbers for numbers; those without an own one get the last.
struct encoding {
  std::vector<double> keys, values;
  double otherwise = 0;
  element type = element::f32;
};

/// The list of an attribute that stands in one of three forms, by the start of its name.
std::vector<double> list_of(const call& c, const std::string& start) {
  if (c.has_attribute(start + "_strings"))
    throw refusal(start + "_strings: texts are not supported",
                  "choose other outputs: --outputs NAME");
  if (const tensor* t = c.tensor_attribute(start + "_tensor")) {
    if (t->type == element::text) throw refusal(start + "_tensor: texts are not supported");
    return t->numbers;
  }
  if (const auto integers = c.integers(start + "_int64s"))
    return {integers->begin(), integers->end()};
  return c.numbers(start + "_floats");
}

encoding encoding_of(const call& c) {
  if (c.opset() < 2) throw refusal("before opset 2 one side of each pair is text");
  encoding e{list_of(c, "keys"), list_of(c, "values"), 0, element::f32};
  if (e.keys.empty() || e.keys.size() != e.values.size())
    throw refusal(fmt::format("{} keys for {} values", e.keys.size(), e.values.size()));
  if (c.has_attribute("values_int64s")) {
    e.type = element::i64;
    e.otherwise = static_cast<double>(c.integer("default_int64", -1));
  } else {
    e.otherwise = c.number("default_float", -0.0);
  }
  if (const tensor* t = c.tensor_attribute("values_tensor")) {
    e.type = t->type;
    const tensor* otherwise = c.tensor_attribute("default_tensor");
    e.otherwise = otherwise != nullptr && !otherwise->numbers.empty() ? otherwise->numbers[0]
                  : is_float(e.type)                                  ? -0.0
                                                                      : -1;
  }
  return e;
}

bool equal(double a, double b) { return a == b || (a != a && b != b); }

void evaluate_encoder(evaluation& e) {
  const encoding k = encoding_of(e);
  tensor y = e.in(0);
  if (y.type == element::text) throw refusal("the input is text");
  for (double& x : y.numbers) {
    const double key = x;
    x = k.otherwise;
    for (std::size_t i = k.keys.size(); i-- > 0;)
      if (equal(key, k.keys[i])) x = k.values[i];
  }
  y.type = k.type;
  e.out(0, std::move(y));
}

void lower_encoder(lowering& l) {
  constexpr std::size_t most = 256;
  const encoding k = encoding_of(l);
  if (k.keys.size() > most)
    throw refusal(fmt::format("{} keys, of {} at most", k.keys.size(), most));
  const term x = l.in(0);
  operand y{-1, k.otherwise};
  for (std::size_t i = k.keys.size(); i-- > 0;) {
    // NaN is what differs from itself.
    const bool is_nan = k.keys[i] != k.keys[i];
    const int hit = is_nan ? combine(l.to, "!=", {x.statement}, {x.statement})
                           : combine(l.to, "==", {x.statement}, {-1, k.keys[i]});
    y = {combine_by(l.to, "tl::math::select", {{hit}, {-1, k.values[i]}, y})};
  }
  l.out(0, y.statement, x.sample);
}

/// A map from labels to numbers for each sample: here the row of the numbers, in the labels' order.
const registered entries{
    {"ai.onnx.ml", "LabelEncoder", evaluate_encoder, lower_encoder},
    {"ai.onnx.ml", "ZipMap", [](evaluation& e) { e.out(0, e.in(0)); },
     [](lowering& l) { l.out(0, l.in(0)); }},
};

}  // namespace
}  // namespace tapeless::gen
