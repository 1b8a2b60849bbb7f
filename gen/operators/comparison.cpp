// Comparisons, logic, and choices by them. Truth is 1, everything else 0.

#include <cmath>

#include "operators/elementwise.hpp"

namespace tapeless::gen {

namespace {

template <class F>
void compare(evaluation& e, F f) {
  map2(
      e, [&](double a, double b) { return f(a, b) ? 1.0 : 0.0; }, element::boolean);
}

/// a and b, which are 0 or 1, by a function of the same truth table.
void lower_logic(lowering& l, const std::string& function) {
  const aligned a = align(l, {0, 1});
  const dimensions dims = a.sample ? without_first(a.dims) : a.dims;
  finish(l, a, l.to.call("tl::math::" + function, a.operands, dims));
}

/// Choices among constants and values.
void lower_where(lowering& l) {
  const aligned a = align(l, {0, 1, 2});
  const dimensions dims = a.sample ? without_first(a.dims) : a.dims;
  finish(l, a, l.to.call("tl::math::select", a.operands, dims));
}

void evaluate_where(evaluation& e) {
  const dimensions dims = broadcast(e.in(0).dims, broadcast(e.in(1).dims, e.in(2).dims));
  const tensor c = expanded(e.in(0), dims), a = expanded(e.in(1), dims),
               b = expanded(e.in(2), dims);
  tensor& y = e.out(0, a.type, dims);
  for (std::size_t i = 0; i < c.numbers.size(); ++i) {
    if (a.type == element::text)
      y.texts[i] = c.numbers[i] != 0 ? a.texts[i] : b.texts[i];
    else
      y.numbers[i] = c.numbers[i] != 0 ? a.numbers[i] : b.numbers[i];
  }
}

void evaluate_truth(evaluation& e, bool (*f)(double)) {
  const tensor& x = e.in(0);
  tensor& y = e.out(0, element::boolean, x.dims);
  for (std::size_t i = 0; i < x.numbers.size(); ++i) y.numbers[i] = f(x.numbers[i]) ? 1 : 0;
}

void lower_not(lowering& l) {
  const term x = l.in(0);
  l.out(0, l.to.infix("==", {x.statement}, {-1, 0}, l.inner(x)), x.sample);
}

void lower_is_nan(lowering& l) {
  const term x = l.in(0);
  l.out(0, l.to.infix("!=", {x.statement}, {x.statement}, l.inner(x)), x.sample);
}

void evaluate_is_inf(evaluation& e) {
  const bool positive = e.integer("detect_positive", 1) != 0;
  const bool negative = e.integer("detect_negative", 1) != 0;
  const tensor& x = e.in(0);
  tensor& y = e.out(0, element::boolean, x.dims);
  for (std::size_t i = 0; i < x.numbers.size(); ++i)
    y.numbers[i] = std::isinf(x.numbers[i]) && (x.numbers[i] > 0 ? positive : negative) ? 1 : 0;
}

void lower_is_inf(lowering& l) {
  const term x = l.in(0);
  const dimensions dims = l.inner(x);
  const bool positive = l.integer("detect_positive", 1) != 0;
  const bool negative = l.integer("detect_negative", 1) != 0;
  if (!positive && !negative) throw refusal("neither infinity is to be detected");
  operand v{x.statement};
  if (positive && negative) v = {l.to.call("tl::math::abs", {v}, dims)};
  l.out(0, l.to.infix("==", v, {-1, positive ? HUGE_VAL : -HUGE_VAL}, dims), x.sample);
}

const registered entries{
    {"", "Greater", [](evaluation& e) { compare(e, [](double a, double b) { return a > b; }); },
     [](lowering& l) { lower_infix(l, ">"); }},
    {"", "GreaterOrEqual",
     [](evaluation& e) { compare(e, [](double a, double b) { return a >= b; }); },
     [](lowering& l) { lower_infix(l, ">="); }},
    {"", "Less", [](evaluation& e) { compare(e, [](double a, double b) { return a < b; }); },
     [](lowering& l) { lower_infix(l, "<"); }},
    {"", "LessOrEqual",
     [](evaluation& e) { compare(e, [](double a, double b) { return a <= b; }); },
     [](lowering& l) { lower_infix(l, "<="); }},
    {"", "Equal", [](evaluation& e) { compare(e, [](double a, double b) { return a == b; }); },
     [](lowering& l) { lower_infix(l, "=="); }},
    {"", "And",
     [](evaluation& e) { compare(e, [](double a, double b) { return a != 0 && b != 0; }); },
     [](lowering& l) { lower_logic(l, "min"); }},
    {"", "Or",
     [](evaluation& e) { compare(e, [](double a, double b) { return a != 0 || b != 0; }); },
     [](lowering& l) { lower_logic(l, "max"); }},
    {"", "Xor",
     [](evaluation& e) { compare(e, [](double a, double b) { return (a != 0) != (b != 0); }); },
     [](lowering& l) { lower_infix(l, "!="); }},
    {"", "Not", [](evaluation& e) { evaluate_truth(e, [](double x) { return x == 0; }); },
     lower_not},
    {"", "IsNaN", [](evaluation& e) { evaluate_truth(e, [](double x) { return x != x; }); },
     lower_is_nan},
    {"", "IsInf", evaluate_is_inf, lower_is_inf},
    {"", "Where", evaluate_where, lower_where},
};

}  // namespace
}  // namespace tapeless::gen
