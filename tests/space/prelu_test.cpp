// A rectified linear unit with a learnt slope, against PyTorch.

#include <limits>
#include <space/golden_law.hpp>

namespace cases = golden::space;

TEST_CASE("prelu vector") { space::check_in<cases::prelu_vector, double>(); }
TEST_CASE("prelu image") { space::check_in<cases::prelu_image, double>(); }
TEST_CASE("prelu channels") { space::check_in<cases::prelu_channels, double>(); }
TEST_CASE("prelu channels line") { space::check_in<cases::prelu_channels_line, double>(); }
TEST_CASE("prelu channels vector") { space::check_in<cases::prelu_channels_vector, double>(); }
TEST_CASE("prelu deep") { space::check_in<cases::prelu_deep, double>(); }
TEST_CASE("prelu deep, float") {
  space::check_in<cases::prelu_deep, float, space::compares::inference_too>();
}

namespace {

namespace tl = tapeless;
struct one : tl::sequential<tl::input<4>, tl::dense<3>, tl::prelu> {};
struct each
    : tl::sequential<tl::input<3, 5>,
                     tl::prelu_with<tl::prelu_settings{.per_channel = true, .start = 0.5}>> {};

}  // namespace

TEST_CASE("a learnt slope starts at a quarter unless told, whatever the scheme") {
  const auto theta = tl::init<one, tl::he_normal>(tl::seed{3});
  CHECK(theta.view<"1.weight">()(0) == 0.25f);
  const auto slopes = tl::init<each>(tl::seed{3});
  for (int i = 0; i < 3; ++i) CHECK(slopes.view<"0.weight">()(i) == 0.5f);
}

TEST_CASE("the slope is taken where the input is not above 0, and NaN stays") {
  const float x[15] = {-2, 0,  2, -0.0f, std::numeric_limits<float>::infinity(),
                       -1, -4, 8, 1,     std::numeric_limits<float>::quiet_NaN()};
  float y[15];
  tl::forward<each>(tl::init<each>(tl::seed{1}), x, y);
  CHECK(y[0] == -1);
  CHECK(y[1] == 0);
  CHECK(y[2] == 2);
  CHECK(std::signbit(y[3]));
  CHECK(y[4] == std::numeric_limits<float>::infinity());
  CHECK(y[6] == -2);
  CHECK(std::isnan(y[9]));
}
