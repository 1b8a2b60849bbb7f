// Min, Max, Sum, Mean of any number of operands.

#include <algorithm>
#include <cmath>
#include <numeric>

#include "operators/elementwise.hpp"

namespace tapeless::gen {

namespace {

using combine = double (*)(double, double);

void evaluate_all(evaluation& e, combine f) {
  tensor y = e.in(0);
  for (std::size_t k = 1; k < e.input_count(); ++k) {
    const dimensions dims = broadcast(y.dims, e.in(k).dims);
    const tensor b = expanded(e.in(k), dims);
    y = expanded(y, dims);
    for (std::size_t i = 0; i < y.numbers.size(); ++i) y.numbers[i] = f(y.numbers[i], b.numbers[i]);
  }
  e.out(0, std::move(y));
}

double least(double a, double b) { return a != a || b != b ? NAN : std::fmin(a, b); }
double greatest(double a, double b) { return a != a || b != b ? NAN : std::fmax(a, b); }
double sum(double a, double b) { return a + b; }

/// All inputs combined from left to right; the sum of them divided by `divisor`.
void lower_all(lowering& l, const std::string& function, bool infix, double divisor = 1) {
  std::vector<std::size_t> which(l.input_count());
  std::iota(which.begin(), which.end(), std::size_t{0});
  const aligned a = align(l, which);
  const dimensions dims = a.sample ? without_first(a.dims) : a.dims;
  operand y = a.operands[0];
  for (std::size_t k = 1; k < which.size(); ++k)
    y = {infix ? l.to.infix(function, y, a.operands[k], dims)
               : l.to.call(function, {y, a.operands[k]}, dims)};
  if (divisor != 1) y = {l.to.infix("/", y, {-1, divisor}, dims)};
  if (y.is_number()) throw refusal("no operand depends on the input");
  finish(l, a, y.statement);
}

void evaluate_mean(evaluation& e) {
  evaluate_all(e, sum);
  for (double& x : e.outputs[0].numbers) x /= static_cast<double>(e.input_count());
}

const registered entries{
    {"", "Min", [](evaluation& e) { evaluate_all(e, least); },
     [](lowering& l) { lower_all(l, "tl::math::min", false); }},
    {"", "Max", [](evaluation& e) { evaluate_all(e, greatest); },
     [](lowering& l) { lower_all(l, "tl::math::max", false); }},
    {"", "Sum", [](evaluation& e) { evaluate_all(e, sum); },
     [](lowering& l) { lower_all(l, "+", true); }},
    {"", "Mean", evaluate_mean,
     [](lowering& l) { lower_all(l, "+", true, static_cast<double>(l.input_count())); }},
};

}  // namespace
}  // namespace tapeless::gen
