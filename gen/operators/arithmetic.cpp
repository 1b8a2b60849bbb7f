// Add, Sub, Mul, Div, Pow, Mod.

#include <fmt/format.h>

#include <cmath>

#include "operators/dense.hpp"
#include "operators/elementwise.hpp"

namespace tapeless::gen {

namespace {

double divided(double a, double b, bool integers) {
  return integers ? (b == 0 ? 0 : std::trunc(a / b)) : a / b;
}

void evaluate_div(evaluation& e) {
  const bool integers = is_integer(e.in(0).type);
  map2(e, [&](double a, double b) { return divided(a, b, integers); });
}

void evaluate_mod(evaluation& e) {
  const bool c_rule = e.integer("fmod", 0) != 0;
  if (!c_rule && is_float(e.in(0).type)) throw refusal("fmod is 0 for floating-point numbers");
  map2(e, [&](double a, double b) {
    const double r = std::fmod(a, b);
    return c_rule || r == 0 || (r < 0) == (b < 0) ? r : r + b;
  });
}

void lower_pow(lowering& l) {
  expect_floats(l);
  const tensor* exponent = l.constant(1);
  if (exponent == nullptr || exponent->count() != 1) return lower_binary(l, "tl::math::pow");
  const term x = l.in(0);
  if (l.out_dims() != x.dims) return lower_binary(l, "tl::math::pow");
  const double c = exponent->numbers[0];
  const int y = c == 2
                    ? l.to.call("tl::math::square", {{x.statement}}, l.inner(x), {}, "tl::square")
                    : l.to.call("tl::math::pow", {{x.statement}}, l.inner(x), {number_text(c)});
  l.out(0, y, x.sample);
}

const registered entries{
    {"", "Add", [](evaluation& e) { map2(e, [](double a, double b) { return a + b; }); },
     [](lowering& l) {
       if (!add_as_bias(l)) lower_infix(l, "+");
     }},
    {"", "Sub", [](evaluation& e) { map2(e, [](double a, double b) { return a - b; }); },
     [](lowering& l) { lower_infix(l, "-"); }},
    {"", "Mul", [](evaluation& e) { map2(e, [](double a, double b) { return a * b; }); },
     [](lowering& l) { lower_infix(l, "*"); }},
    {"", "Div", evaluate_div,
     [](lowering& l) {
       expect_floats(l);
       lower_infix(l, "/");
     }},
    {"", "Pow", [](evaluation& e) { map2(e, [](double a, double b) { return std::pow(a, b); }); },
     lower_pow},
    {"", "Mod", evaluate_mod,
     [](lowering& l) {
       expect_floats(l);
       lower_binary(l, "tl::math::fmod");
     }},
};

}  // namespace
}  // namespace tapeless::gen
