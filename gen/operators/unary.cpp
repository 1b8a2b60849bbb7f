// Mathematical functions of one operand.

#include <cmath>

#include "operators/elementwise.hpp"

namespace tapeless::gen {

namespace {

/// The entry of a function that both sides have, `Name` in ONNX and tl::math::function here.
#define TAPELESS_GEN_UNARY(Name, formula, function)                                      \
  operator_entry {                                                                       \
    "", Name, [](evaluation& e) { map(e, [](double x) -> double { return formula; }); }, \
        [](lowering& l) {                                                                \
          expect_floats(l);                                                              \
          lower_unary(l, "tl::math::" function, "tl::" function);                        \
        }                                                                                \
  }

const registered entries{
    TAPELESS_GEN_UNARY("Exp", std::exp(x), "exp"),
    TAPELESS_GEN_UNARY("Log", std::log(x), "log"),
    TAPELESS_GEN_UNARY("Sqrt", std::sqrt(x), "sqrt"),
    TAPELESS_GEN_UNARY("Erf", std::erf(x), "erf"),
    TAPELESS_GEN_UNARY("Sin", std::sin(x), "sin"),
    TAPELESS_GEN_UNARY("Cos", std::cos(x), "cos"),
    TAPELESS_GEN_UNARY("Tan", std::tan(x), "tan"),
    TAPELESS_GEN_UNARY("Asin", std::asin(x), "asin"),
    TAPELESS_GEN_UNARY("Acos", std::acos(x), "acos"),
    TAPELESS_GEN_UNARY("Atan", std::atan(x), "atan"),
    TAPELESS_GEN_UNARY("Sinh", std::sinh(x), "sinh"),
    TAPELESS_GEN_UNARY("Cosh", std::cosh(x), "cosh"),
    TAPELESS_GEN_UNARY("Asinh", std::asinh(x), "asinh"),
    TAPELESS_GEN_UNARY("Acosh", std::acosh(x), "acosh"),
    TAPELESS_GEN_UNARY("Atanh", std::atanh(x), "atanh"),
    TAPELESS_GEN_UNARY("Floor", std::floor(x), "floor"),
    TAPELESS_GEN_UNARY("Ceil", std::ceil(x), "ceil"),
    TAPELESS_GEN_UNARY("Round", std::nearbyint(x), "round"),
    {"", "Sign",
     [](evaluation& e) { map(e, [](double x) { return x > 0   ? 1.0
                                                      : x < 0 ? -1.0
                                                              : x; }); },
     [](lowering& l) { lower_unary(l, "tl::math::sign", "tl::sign"); }},
    {"", "Abs", [](evaluation& e) { map(e, [](double x) { return std::fabs(x); }); },
     [](lowering& l) { lower_unary(l, "tl::math::abs", "tl::abs"); }},
    {"", "Neg", [](evaluation& e) { map(e, [](double x) { return -x; }); },
     [](lowering& l) {
       const term x = l.in(0);
       statement s;
       s.what = statement::kind::prefix;
       s.function = "-";
       s.operands = {{x.statement}};
       s.dims = l.inner(x);
       l.out(0, l.to.add(std::move(s)), x.sample);
     }},
    {"", "Reciprocal", [](evaluation& e) { map(e, [](double x) { return 1 / x; }); },
     [](lowering& l) {
       expect_floats(l);
       const term x = l.in(0);
       l.out(0, l.to.infix("/", {-1, 1.0}, {x.statement}, l.inner(x)), x.sample);
     }},
};

}  // namespace
}  // namespace tapeless::gen
