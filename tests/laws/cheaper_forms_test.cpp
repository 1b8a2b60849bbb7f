// The kernel law and the constant law for the cheaper forms: every lane evaluates the same fit.

#include <array>
#include <laws/kernel_cases.hpp>

namespace tl = tapeless;
using laws::check_kernels;

namespace {

constexpr auto cheaper_formula = [](tl::value x, tl::value row, tl::value number) {
  return tl::math::tanh_fast(x * row) * tl::math::exp_fast(number) - tl::math::sigmoid_fast(x);
};
template <int Features>
using cheaper = laws::law_case<"cheaper", cheaper_formula, laws::operand{tl::shape{Features}, true},
                               laws::operand{tl::shape{Features}}, laws::operand{tl::shape{1}}>;

/// x over a row of parameters and over one number, away from 0.
constexpr auto quotient_formula = [](tl::value x, tl::value row, tl::value number) {
  return tl::math::divide_fast(x, row * row + 0.5) * x +
         tl::math::divide_fast(row, number * number + 0.25);
};
template <int Features>
using quotient =
    laws::law_case<"quotient", quotient_formula, laws::operand{tl::shape{Features}, true},
                   laws::operand{tl::shape{Features}}, laws::operand{tl::shape{1}}>;

struct net : tl::sequential<tl::input<3>, tl::dense<21>, tl::tanh_fast, tl::dense<2>,
                            tl::sigmoid_fast, tl::exp_fast> {};

template <class T>
constexpr std::array<T, 2> output() {
  const auto theta = tl::init<net, tl::as_declared, T>(tl::seed{5});
  return tl::forward<net>(theta, std::array<T, 3>{T(0.5), T(-2), T(1.25)});
}

}  // namespace

TEST_CASE("kernels of the cheaper forms") {
  check_kernels<cheaper<1>, 1>();
  check_kernels<cheaper<7>, 3>();
  check_kernels<cheaper<16>, 1>();
  check_kernels<cheaper<33>, 2>();
  check_kernels<cheaper<3>, 17>();
  check_kernels<cheaper<9>, 5, double>();
}

TEST_CASE("kernels of the division without the divider") {
  check_kernels<quotient<7>, 3>();
  check_kernels<quotient<33>, 1>();
  check_kernels<quotient<17>, 2, double>();
}

TEMPLATE_TEST_CASE("constant outputs of the cheaper forms equal those at run time", "", float,
                   double) {
  constexpr auto constant = output<TestType>();
  const auto at_run_time = output<TestType>();
  for (std::size_t i = 0; i < 2; ++i)
    CHECK(at_run_time[i] == Approx(constant[i]).epsilon(sizeof(TestType) == 4 ? 1e-6 : 1e-14));
}
