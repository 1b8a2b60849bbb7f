// The gradient law for standardized values and a factor behind them: one that is the same wherever
// a mean is taken goes behind the sums of the gradient, every other one does not.

#include <laws/gradient_law.hpp>

namespace tl = tapeless;
using laws::check_gradients;
using laws::law_case;
using laws::operand;

namespace {

constexpr operand cube{tl::shape{2, 3, 4}, true}, own_cube{tl::shape{2, 3, 4}};
constexpr operand channels{tl::shape{2, 1, 1}}, channels_of_samples{tl::shape{2, 1, 1}, true};
constexpr operand rows{tl::shape{3, 1}}, columns{tl::shape{4}}, one{tl::shape{}};

/// Over some axes, and over the batch of three or not.
constexpr tl::value standard(tl::value x, unsigned axes, bool batch) {
  return tl::apply_with<tl::standardized>({axes, batch, 0.1}, x,
                                          x.owner->constant(batch ? 1.0 / 3 : 1.0));
}
template <unsigned Axes, bool Batch>
constexpr auto scaled = [](tl::value x, tl::value w) { return standard(x, Axes, Batch) * w; };
template <unsigned Axes, bool Batch>
constexpr auto scaled_left = [](tl::value x, tl::value w) { return w * standard(x, Axes, Batch); };
/// Two factors, of which one may go behind the sums, and a third reader.
constexpr auto scaled_twice = [](tl::value x, tl::value w, tl::value v) {
  const tl::value y = standard(x, 6, true);
  return y * w * v + tl::math::tanh(y);
};
/// Repeated along an axis by its factor.
constexpr auto widened = [](tl::value x, tl::value w) {
  return standard(tl::math::sum(x, 1, true), 6, true) * w;
};

}  // namespace

TEST_CASE("gradients of standardized values over the batch") {
  check_gradients<law_case<"channels", scaled<6, true>, cube, channels>,
                  law_case<"channels_left", scaled_left<6, true>, cube, channels>,
                  law_case<"one", scaled<6, true>, cube, one>,
                  law_case<"rows", scaled<6, true>, cube, rows>,
                  law_case<"columns", scaled_left<6, true>, cube, columns>,
                  law_case<"of_samples", scaled<6, true>, cube, channels_of_samples>,
                  law_case<"other_axes", scaled<5, true>, cube, rows>,
                  law_case<"whole", scaled<6, true>, cube, own_cube>>();
}
TEST_CASE("gradients of standardized samples") {
  check_gradients<law_case<"sample_channels", scaled<6, false>, cube, channels>,
                  law_case<"sample_own", scaled_left<6, false>, cube, channels_of_samples>,
                  law_case<"last_axis", scaled<4, false>, cube, rows>,
                  law_case<"last_axis_columns", scaled<4, false>, cube, columns>,
                  law_case<"of_a_parameter", scaled<6, false>, own_cube, channels>>();
}
TEST_CASE("gradients of standardized values with several readers") {
  check_gradients<law_case<"twice", scaled_twice, cube, channels, columns>,
                  law_case<"widened", widened, cube, rows>>();
}
