// Gated linear units against PyTorch.

#include <space/golden_law.hpp>

namespace cases = golden::space;

TEST_CASE("glu vector") { space::check_in<cases::glu_vector, double>(); }
TEST_CASE("glu rows") { space::check_in<cases::glu_rows, double>(); }
TEST_CASE("glu channels") { space::check_in<cases::glu_channels, double>(); }
TEST_CASE("glu height") { space::check_in<cases::glu_height, double>(); }
TEST_CASE("glu from the end") { space::check_in<cases::glu_from_the_end, double>(); }
TEST_CASE("glu conv") { space::check_in<cases::glu_conv, double>(); }
TEST_CASE("glu conv, float") {
  space::check_in<cases::glu_conv, float, space::compares::inference_too>();
}

namespace {

namespace tl = tapeless;
struct halves : tl::sequential<tl::input<6, 4>, tl::glu<0>, tl::glu<>> {};
static_assert(tl::output_shape<halves> == tl::shape{3, 2});

}  // namespace
