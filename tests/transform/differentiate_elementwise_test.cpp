// The gradient law for every elementwise operation.

#include <laws/gradient_law.hpp>

namespace tl = tapeless;
using laws::check_gradients;
using laws::law_case;
using laws::numbers;
using laws::operand;

namespace {

constexpr operand any{tl::shape{9}};
constexpr operand positive{tl::shape{9}, true, numbers::positive};

template <tl::fixed_string Name, auto Formula>
using of_any = law_case<Name, Formula, any>;
template <tl::fixed_string Name, auto Formula>
using of_positive = law_case<Name, Formula, positive>;

}  // namespace

TEST_CASE("gradients of activations with straight pieces") {
  check_gradients<of_any<"relu", [](tl::value x) { return tl::math::relu(x); }>,
                  of_any<"leaky_relu", [](tl::value x) { return tl::math::leaky_relu<0.1>(x); }>,
                  of_any<"hard_tanh", [](tl::value x) { return tl::math::hard_tanh(x); }>,
                  of_any<"hard_sigmoid", [](tl::value x) { return tl::math::hard_sigmoid(x); }>,
                  of_any<"hard_sigmoid_outside",
                         [](tl::value x) { return tl::math::hard_sigmoid(tl::value{2.0} * x); }>,
                  of_any<"abs", [](tl::value x) { return tl::math::abs(x); }>,
                  of_any<"softsign", [](tl::value x) { return tl::math::softsign(x); }>>();
}

TEST_CASE("gradients of smooth activations") {
  check_gradients<of_any<"elu", [](tl::value x) { return tl::math::elu<0.7>(x); }>,
                  of_any<"selu", [](tl::value x) { return tl::math::selu(x); }>,
                  of_any<"gelu", [](tl::value x) { return tl::math::gelu(x); }>,
                  of_any<"gelu_tanh", [](tl::value x) { return tl::math::gelu_tanh(x); }>,
                  of_any<"silu", [](tl::value x) { return tl::math::silu(x); }>,
                  of_any<"softplus", [](tl::value x) { return tl::math::softplus(x); }>,
                  of_any<"sigmoid", [](tl::value x) { return tl::math::sigmoid(x); }>,
                  of_any<"tanh", [](tl::value x) { return tl::math::tanh(x); }>,
                  of_any<"mish", [](tl::value x) { return tl::math::mish(x); }>>();
}

TEST_CASE("gradients of cheaper forms, to the bounds stated for their slopes") {
  check_gradients<of_any<"tanh_fast", [](tl::value x) { return tl::math::tanh_fast(x); }>,
                  of_any<"sigmoid_fast", [](tl::value x) { return tl::math::sigmoid_fast(x); }>,
                  of_any<"exp_fast", [](tl::value x) { return tl::math::exp_fast(x); }>>(7e-4);
}

TEST_CASE("gradients of exponentials, logarithms, powers and roots") {
  check_gradients<of_any<"exp", [](tl::value x) { return tl::math::exp(x); }>,
                  of_any<"expm1", [](tl::value x) { return tl::math::expm1(x); }>,
                  of_any<"erf", [](tl::value x) { return tl::math::erf(x); }>,
                  of_any<"square", [](tl::value x) { return tl::math::square(x); }>,
                  of_any<"neg", [](tl::value x) { return -x; }>,
                  of_any<"cube", [](tl::value x) { return tl::math::pow(x, 3); }>,
                  of_any<"reciprocal", [](tl::value x) { return tl::math::pow(x, -1); }>,
                  of_positive<"log", [](tl::value x) { return tl::math::log(x); }>,
                  of_positive<"log1p", [](tl::value x) { return tl::math::log1p(x); }>,
                  of_positive<"sqrt", [](tl::value x) { return tl::math::sqrt(x); }>,
                  of_positive<"pow_1_7", [](tl::value x) { return tl::math::pow(x, 1.7); }>,
                  of_positive<"pow_-0_3", [](tl::value x) { return tl::math::pow(x, -0.3); }>,
                  of_positive<"root", [](tl::value x) { return tl::math::pow(x, 0.5); }>>(1e-7);
}

TEST_CASE("gradients of trigonometric and hyperbolic functions") {
  constexpr operand unit{tl::shape{9}, true, numbers::unit};
  check_gradients<of_any<"sin", [](tl::value x) { return tl::math::sin(x); }>,
                  of_any<"cos", [](tl::value x) { return tl::math::cos(x); }>,
                  law_case<"tan", [](tl::value x) { return tl::math::tan(x); }, unit>,
                  law_case<"asin", [](tl::value x) { return tl::math::asin(x); }, unit>,
                  law_case<"acos", [](tl::value x) { return tl::math::acos(x); }, unit>,
                  of_any<"atan", [](tl::value x) { return tl::math::atan(x); }>,
                  of_any<"sinh", [](tl::value x) { return tl::math::sinh(x); }>,
                  of_any<"cosh", [](tl::value x) { return tl::math::cosh(x); }>,
                  of_any<"asinh", [](tl::value x) { return tl::math::asinh(x); }>,
                  of_positive<"acosh", [](tl::value x) { return tl::math::acosh(x + 1.0); }>,
                  law_case<"atanh", [](tl::value x) { return tl::math::atanh(x); }, unit>>(1e-7);
}

TEST_CASE("gradients of further activations and bounds") {
  check_gradients<
      of_any<"celu", [](tl::value x) { return tl::math::celu<1.5>(x); }>,
      of_any<"hard_swish", [](tl::value x) { return tl::math::hard_swish(x * 2.0); }>,
      of_any<"thresholded", [](tl::value x) { return tl::math::thresholded_relu<0.5>(x); }>,
      of_any<"clamp", [](tl::value x) { return tl::math::clamp(x, -1, 1.5); }>,
      law_case<"prelu", [](tl::value x, tl::value s) { return tl::math::prelu(x, s); },
               operand{tl::shape{3, 4}, true}, operand{tl::shape{4}}>>();
}

TEST_CASE("gradients of remainders, angles and powers of two values") {
  constexpr operand a{tl::shape{3, 4}, true}, b{tl::shape{4}, false, numbers::positive};
  constexpr operand bases{tl::shape{3, 4}, true, numbers::positive};
  check_gradients<
      law_case<"fmod", [](tl::value x, tl::value y) { return tl::math::fmod(x * 3.3, y); }, a, b>,
      law_case<"floor_mod",
               [](tl::value x, tl::value y) { return tl::math::floor_mod(x * 3.3, -y); }, a, b>,
      law_case<"atan2", [](tl::value x, tl::value y) { return tl::math::atan2(x, y); }, a, b>,
      law_case<"power", [](tl::value x, tl::value y) { return tl::math::pow(x, y); }, bases, a>,
      law_case<"of_two", [](tl::value y) { return tl::math::pow(2.0, y); }, a>,
      law_case<"assigned",
               [](tl::value x, tl::value y) {
                 x += y;
                 x *= x;
                 x -= 0.5;
                 x /= y;
                 return x;
               },
               a, b>>(1e-7);
}

TEST_CASE("gradients of arithmetic with broadcasting between axes and samples") {
  constexpr operand sample{tl::shape{2, 3}, true}, row{tl::shape{3}}, column{tl::shape{2, 1}};
  constexpr operand number{tl::shape{}}, per_sample{tl::shape{}, true};
  constexpr operand positive_row{tl::shape{3}, false, numbers::positive};
  check_gradients<
      law_case<"add", [](tl::value a, tl::value b) { return a + b; }, sample, row>,
      law_case<"sub", [](tl::value a, tl::value b) { return a - b; }, column, sample>,
      law_case<"mul", [](tl::value a, tl::value b) { return a * b; }, sample, column>,
      law_case<"div", [](tl::value a, tl::value b) { return a / b; }, sample, positive_row>,
      law_case<"div_fast", [](tl::value a, tl::value b) { return tl::math::divide_fast(a, b); },
               sample, positive_row>,
      law_case<"mul_number", [](tl::value a, tl::value b) { return a * b; }, number, sample>,
      law_case<"mul_per_sample", [](tl::value a, tl::value b) { return a * b; }, row, per_sample>,
      law_case<"outer_by_broadcast", [](tl::value a, tl::value b) { return a * b; }, column, row>,
      law_case<"itself", [](tl::value a) { return a * a + a / (a * a + tl::value{1.0}); }, sample>,
      law_case<"constants", [](tl::value a) { return (2.0 - a) * 3.0 - 1.0 / (a * a + 1.0); },
               row>>();
}

TEST_CASE("gradients of choices") {
  constexpr operand a{tl::shape{2, 4}, true}, b{tl::shape{4}}, c{tl::shape{2, 1}, true};
  check_gradients<
      law_case<"min", [](tl::value x, tl::value y) { return tl::math::min(x, y); }, a, b>,
      law_case<"max", [](tl::value x, tl::value y) { return tl::math::max(x, y); }, a, b>,
      law_case<"select",
               [](tl::value x, tl::value y, tl::value z) {
                 return tl::math::select(x > y, y * x, z * z);
               },
               a, b, c>,
      law_case<"less", [](tl::value x, tl::value y) { return tl::math::select(x < y, x, y * y); },
               a, b>,
      law_case<"clamp", [](tl::value x) { return tl::math::min(tl::math::max(x, -1.0), 1.0); },
               a>>();
}
