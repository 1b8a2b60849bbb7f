// Operators whose results are constants: Constant, ConstantOfShape, Range, Shape, Size, EyeLike.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "operators/call.hpp"
#include "operators/operator.hpp"

namespace tapeless::gen {

namespace {

void evaluate_constant(evaluation& e) {
  if (const tensor* t = e.tensor_attribute("value")) return e.out(0, *t);
  if (e.has_attribute("value_float"))
    return e.out(0, scalar(element::f32, e.number("value_float", 0)));
  if (e.has_attribute("value_int"))
    return e.out(0, scalar(element::i64, static_cast<double>(e.integer("value_int", 0))));
  if (const auto list = e.integers("value_ints")) return e.out(0, vector_of(*list));
  if (e.has_attribute("value_floats")) {
    const std::vector<double> list = e.numbers("value_floats");
    tensor& y = e.out(0, element::f32, {static_cast<std::int64_t>(list.size())});
    y.numbers = list;
    return;
  }
  throw refusal("its value is text or sparse");
}

void evaluate_constant_of_shape(evaluation& e) {
  const tensor* value = e.tensor_attribute("value");
  tensor& y = e.out(0, value != nullptr ? value->type : element::f32, e.in(0).integers());
  if (value == nullptr) return;
  std::fill(y.numbers.begin(), y.numbers.end(), value->numbers.at(0));
}

void evaluate_range(evaluation& e) {
  const double start = e.in(0).numbers.at(0), limit = e.in(1).numbers.at(0);
  const double delta = e.in(2).numbers.at(0);
  if (!(delta != 0)) throw refusal("its step is 0");
  const double count = std::max(std::ceil((limit - start) / delta), 0.0);
  if (!(count <= static_cast<double>(most_elements))) throw refusal("it is too long");
  tensor& y = e.out(0, e.in(0).type, {static_cast<std::int64_t>(count)});
  for (std::size_t i = 0; i < y.numbers.size(); ++i)
    y.numbers[i] = rounded_to(y.type, start + static_cast<double>(i) * delta);
}

void evaluate_shape(evaluation& e) {
  const dimensions& dims = e.in(0).dims;
  const auto rank = static_cast<std::int64_t>(dims.size());
  const auto place = [&](std::int64_t i) {
    return std::clamp(i < 0 ? i + rank : i, std::int64_t{0}, rank);
  };
  const std::int64_t begin = place(e.integer("start", 0)), end = place(e.integer("end", rank));
  e.out(0, vector_of(begin < end ? dimensions(dims.begin() + begin, dims.begin() + end)
                                 : dimensions{}));
}

void evaluate_eye_like(evaluation& e) {
  const dimensions& dims = e.in(0).dims;
  if (dims.size() != 2) throw refusal("its input is no matrix");
  const auto type =
      e.has_attribute("dtype") ? static_cast<element>(e.integer("dtype", 1)) : e.in(0).type;
  const std::int64_t k = e.integer("k", 0);
  if (k < -most_elements || k > most_elements) throw refusal("its diagonal is far outside");
  tensor& y = e.out(0, type, dims);
  for (std::int64_t i = 0; i < dims[0]; ++i)
    if (i + k >= 0 && i + k < dims[1]) y.numbers[static_cast<std::size_t>(i * dims[1] + i + k)] = 1;
}

const registered entries{
    {"", "Constant", evaluate_constant, nullptr},
    {"", "ConstantOfShape", evaluate_constant_of_shape, nullptr},
    {"", "Range", evaluate_range, nullptr},
    {"", "Shape", evaluate_shape, nullptr},
    {"", "EyeLike", evaluate_eye_like, nullptr},
    {"", "Size",
     [](evaluation& e) { e.out(0, scalar(element::i64, static_cast<double>(e.in(0).count()))); },
     nullptr},
};

}  // namespace
}  // namespace tapeless::gen
