// Clip.

#include <cmath>

#include "operators/elementwise.hpp"

namespace tapeless::gen {

namespace {

void evaluate_clip(evaluation& e) {
  double low = e.number("min", -HUGE_VAL), high = e.number("max", HUGE_VAL);
  if (e.has(1)) low = e.in(1).numbers.at(0);
  if (e.has(2)) high = e.in(2).numbers.at(0);
  map(e, [&](double x) { return x != x ? x : std::fmin(std::fmax(x, low), high); });
}

/// A bound: an input, an attribute, or none.
bool bound(lowering& l, std::size_t input, const char* attribute, operand& to) {
  if (const tensor* t = l.constant(input)) {
    to = {-1, t->numbers.at(0)};
    return true;
  }
  if (l.has(input)) {
    to = {l.in(input).statement};
    return true;
  }
  to = {-1, l.number(attribute, 0)};
  return l.has_attribute(attribute);
}

void lower_clip(lowering& l) {
  const term x = l.in(0);
  const dimensions dims = l.inner(x);
  operand y{x.statement}, low, high;
  const bool has_low = bound(l, 1, "min", low), has_high = bound(l, 2, "max", high);
  const auto is = [](const operand& o, double c) { return o.is_number() && o.number == c; };
  if (has_low && has_high && is(low, -1) && is(high, 1))
    return lower_unary(l, "tl::math::hard_tanh", "tl::hard_tanh");
  if (has_low && !has_high && is(low, 0)) return lower_unary(l, "tl::math::relu", "tl::relu");
  if (has_low) y = {l.to.call("tl::math::max", {y, low}, dims)};
  if (has_high) y = {l.to.call("tl::math::min", {y, high}, dims)};
  l.out(0, y.statement, x.sample);
}

const registered entries{{"", "Clip", evaluate_clip, lower_clip}};

}  // namespace
}  // namespace tapeless::gen
