// Cast, CastLike, and the operators that pass their input on.

#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "operators/elementwise.hpp"

namespace tapeless::gen {

namespace {

double number_in(const std::string& text) {
  double x = 0;
  const auto [at, code] = std::from_chars(text.data(), text.data() + text.size(), x);
  if (code != std::errc{}) throw refusal(fmt::format("'{}' is no number", text));
  return x;
}

tensor cast(const tensor& x, element type) {
  if (name_of(type) == name_of(element::undefined) || type == element::text)
    throw refusal("the cast goes to a type that Tapeless does not have", "cast to float");
  tensor y = zeros(type, x.dims);
  for (std::size_t i = 0; i < y.numbers.size(); ++i)
    y.numbers[i] = rounded_to(type, x.type == element::text ? number_in(x.texts[i]) : x.numbers[i]);
  return y;
}

element target_of(const call& c) { return static_cast<element>(c.integer("to", 1)); }

/// Floats to floats change nothing that Tapeless sees; floats to integers are cut, and to truth
/// values compared with 0. Integers computed at run time are whole floats already.
void lower_to(lowering& l, element from, element to) {
  const term x = l.in(0);
  if (to == element::boolean && from != element::boolean)
    return l.out(0, l.to.infix("!=", {x.statement}, {-1, 0}, l.inner(x)), x.sample);
  if (is_integer(to) && is_float(from))
    return l.out(0, l.to.call("tl::math::trunc", {{x.statement}}, l.inner(x), {}, "tl::trunc"),
                 x.sample);
  if ((to == element::f16 || to == element::bf16) && from != to)
    throw refusal(fmt::format("a cast to {} rounds, and Tapeless computes in float", name_of(to)),
                  "export the model in float32");
  l.out(0, x);
}

void pass(evaluation& e) { e.out(0, e.in(0)); }
void pass_on(lowering& l) { l.out(0, l.in(0)); }

/// Dropout of inference; the mask, where it is wanted, is true throughout.
void evaluate_dropout(evaluation& e) {
  if (e.has(2) && e.in(2).numbers.at(0) != 0 && e.has(1) && e.in(1).numbers.at(0) != 0)
    throw refusal("it drops values: the model is in training mode", "export it for inference");
  e.out(0, e.in(0));
  if (e.output_count() > 1) {
    tensor& mask = e.out(1, e.opset() >= 10 ? element::boolean : e.in(0).type, e.in(0).dims);
    for (double& x : mask.numbers) x = 1;
  }
}

void lower_dropout(lowering& l) {
  if (l.output_count() > 1 && !l.at().outputs[1].empty())
    throw refusal("its mask is used", "export the model for inference");
  if (l.has(2)) l.constant(2, "the mode");
  pass_on(l);
}

const registered entries{
    {"", "Cast", [](evaluation& e) { e.out(0, cast(e.in(0), target_of(e))); },
     [](lowering& l) { lower_to(l, l.value(0).sample.type, target_of(l)); }},
    {"", "CastLike", [](evaluation& e) { e.out(0, cast(e.in(0), e.in(1).type)); },
     [](lowering& l) { lower_to(l, l.value(0).sample.type, l.value(1).sample.type); }},
    {"", "Identity", pass, pass_on},
    {"", "Dropout", evaluate_dropout, lower_dropout},
};

}  // namespace
}  // namespace tapeless::gen
