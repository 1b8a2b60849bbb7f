// Activation functions.

#include <fmt/format.h>

#include <cmath>

#include "operators/elementwise.hpp"

namespace tapeless::gen {

namespace {

double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }
double softplus(double x) { return x > 0 ? x + std::log1p(std::exp(-x)) : std::log1p(std::exp(x)); }

/// Declares output 0 as one of Tapeless' activations, which are functions and layers of one name.
void lower_as(lowering& l, const std::string& name) {
  lower_unary(l, "tl::math::" + name, "tl::" + name);
}

/// A statement on the only input, inside the function of an operator.
struct steps {
  lowering& l;
  term x;
  dimensions dims;
  explicit steps(lowering& lower) : l{lower}, x{lower.in(0)}, dims{lower.inner(x)} {}

  operand input() const { return {x.statement}; }
  operand call(const std::string& f, std::vector<operand> in, std::vector<std::string> more = {}) {
    return {l.to.call("tl::math::" + f, std::move(in), dims, std::move(more))};
  }
  operand infix(const std::string& sign, operand a, operand b) {
    return {l.to.infix(sign, a, b, dims)};
  }
  static operand number(double c) { return {-1, c}; }
  /// min(max(x, low), high).
  operand clamped(operand v, double low, double high) {
    return call("min", {call("max", {v, number(low)}), number(high)});
  }
  void done(operand y) { l.out(0, y.statement, x.sample); }
};

void lower_leaky_relu(lowering& l) {
  lower_as(l, fmt::format("leaky_relu<{}>", number_text(l.number("alpha", 0.01))));
}

void lower_elu(lowering& l) {
  const double alpha = l.number("alpha", 1);
  lower_as(l, alpha == 1 ? "elu<>" : fmt::format("elu<{}>", number_text(alpha)));
}

/// y = gamma (x for x > 0, else alpha (e^x - 1)); the constants of the definition have a layer.
void lower_selu(lowering& l) {
  const double alpha = l.number("alpha", 1.6732632423543772),
               gamma = l.number("gamma", 1.0507009873554805);
  if (std::fabs(alpha - 1.6732632423543772) < 1e-6 && std::fabs(gamma - 1.0507009873554805) < 1e-6)
    return lower_as(l, "selu");
  steps s(l);
  const operand e = s.call(fmt::format("elu<{}>", number_text(alpha)), {s.input()});
  s.done(s.infix("*", e, steps::number(gamma)));
}

/// y = max(x, 0) + min(alpha (e^(x / alpha) - 1), 0).
void lower_celu(lowering& l) {
  const double alpha = l.number("alpha", 1);
  if (alpha == 1) return lower_as(l, "elu<>");
  steps s(l);
  const operand scaled = s.infix("/", s.input(), steps::number(alpha));
  s.done(s.infix("*", s.call("elu<>", {scaled}), steps::number(alpha)));
}

void lower_hard_sigmoid(lowering& l) {
  const double alpha = l.number("alpha", 0.2), beta = l.number("beta", 0.5);
  if (std::fabs(alpha - 1.0 / 6) < 1e-7 && beta == 0.5) return lower_as(l, "hard_sigmoid");
  steps s(l);
  const operand line =
      s.infix("+", s.infix("*", s.input(), steps::number(alpha)), steps::number(beta));
  s.done(s.clamped(line, 0, 1));
}

void lower_thresholded_relu(lowering& l) {
  steps s(l);
  const operand above = s.infix(">", s.input(), steps::number(l.number("alpha", 1)));
  s.done(s.call("select", {above, s.input(), steps::number(0)}));
}

void lower_shrink(lowering& l) {
  const double lambd = l.number("lambd", 0.5), bias = l.number("bias", 0);
  steps s(l);
  const operand above = s.infix("-", s.input(), steps::number(bias));
  const operand below = s.infix("+", s.input(), steps::number(bias));
  const operand low =
      s.call("select", {s.infix("<", s.input(), steps::number(-lambd)), below, steps::number(0)});
  s.done(s.call("select", {s.infix(">", s.input(), steps::number(lambd)), above, low}));
}

void lower_swish(lowering& l) {
  const double alpha = l.number("alpha", 1);
  if (alpha == 1) return lower_as(l, "silu");
  steps s(l);
  const operand scaled = s.infix("*", s.input(), steps::number(alpha));
  s.done(s.infix("*", s.input(), s.call("sigmoid", {scaled})));
}

void lower_gelu(lowering& l) {
  const std::string form = l.text("approximate", "none");
  if (form != "none" && form != "tanh")
    throw refusal(fmt::format("approximate is '{}'", form), "use 'none' or 'tanh'");
  lower_as(l, form == "tanh" ? "gelu_tanh" : "gelu");
}

double gelu(double x, bool by_tanh) {
  if (by_tanh) return x / 2 * (1 + std::tanh(std::sqrt(2 / M_PI) * (x + 0.044715 * x * x * x)));
  return x / 2 * (1 + std::erf(x / std::sqrt(2.0)));
}

const registered entries{
    {"", "Relu", [](evaluation& e) { map(e, [](double x) { return x < 0 ? 0 : x; }); },
     [](lowering& l) { lower_as(l, "relu"); }},
    {"", "Tanh", [](evaluation& e) { map(e, [](double x) { return std::tanh(x); }); },
     [](lowering& l) { lower_as(l, "tanh"); }},
    {"", "Sigmoid", [](evaluation& e) { map(e, sigmoid); },
     [](lowering& l) { lower_as(l, "sigmoid"); }},
    {"", "LeakyRelu",
     [](evaluation& e) {
       const double alpha = e.number("alpha", 0.01);
       map(e, [&](double x) { return x < 0 ? alpha * x : x; });
     },
     lower_leaky_relu},
    {"", "Elu",
     [](evaluation& e) {
       const double alpha = e.number("alpha", 1);
       map(e, [&](double x) { return x < 0 ? alpha * std::expm1(x) : x; });
     },
     lower_elu},
    {"", "Selu",
     [](evaluation& e) {
       const double alpha = e.number("alpha", 1.6732632423543772);
       const double gamma = e.number("gamma", 1.0507009873554805);
       map(e, [&](double x) { return gamma * (x < 0 ? alpha * std::expm1(x) : x); });
     },
     lower_selu},
    {"", "Celu",
     [](evaluation& e) {
       const double alpha = e.number("alpha", 1);
       map(e, [&](double x) { return x < 0 ? alpha * std::expm1(x / alpha) : x; });
     },
     lower_celu},
    {"", "HardSigmoid",
     [](evaluation& e) {
       const double alpha = e.number("alpha", 0.2), beta = e.number("beta", 0.5);
       map(e, [&](double x) { return std::fmin(std::fmax(alpha * x + beta, 0), 1); });
     },
     lower_hard_sigmoid},
    {"", "HardSwish",
     [](evaluation& e) {
       map(e, [](double x) { return x * std::fmin(std::fmax(x / 6 + 0.5, 0), 1); });
     },
     [](lowering& l) { lower_as(l, "hard_swish"); }},
    {"", "ThresholdedRelu",
     [](evaluation& e) {
       const double alpha = e.number("alpha", 1);
       map(e, [&](double x) { return x > alpha ? x : 0; });
     },
     lower_thresholded_relu},
    {"", "Shrink",
     [](evaluation& e) {
       const double lambd = e.number("lambd", 0.5), bias = e.number("bias", 0);
       map(e, [&](double x) { return x < -lambd ? x + bias : x > lambd ? x - bias : 0; });
     },
     lower_shrink},
    {"", "Softplus", [](evaluation& e) { map(e, softplus); },
     [](lowering& l) { lower_as(l, "softplus"); }},
    {"", "Softsign", [](evaluation& e) { map(e, [](double x) { return x / (1 + std::fabs(x)); }); },
     [](lowering& l) { lower_as(l, "softsign"); }},
    {"", "Mish", [](evaluation& e) { map(e, [](double x) { return x * std::tanh(softplus(x)); }); },
     [](lowering& l) { lower_as(l, "mish"); }},
    {"", "Swish",
     [](evaluation& e) {
       const double alpha = e.number("alpha", 1);
       map(e, [&](double x) { return x * sigmoid(alpha * x); });
     },
     lower_swish},
    {"", "Gelu",
     [](evaluation& e) {
       const bool by_tanh = e.text("approximate", "none") == "tanh";
       map(e, [&](double x) { return gelu(x, by_tanh); });
     },
     lower_gelu},
    {"", "PRelu",
     [](evaluation& e) { map2(e, [](double x, double slope) { return x < 0 ? slope * x : x; }); },
     [](lowering& l) { lower_binary(l, "tl::math::prelu"); }},
};

}  // namespace
}  // namespace tapeless::gen
