// Convolutions over two axes of space against PyTorch.

#include <space/golden_law.hpp>

namespace cases = golden::space;

TEST_CASE("conv2d one") { space::check_in<cases::conv2d_one, double>(); }
TEST_CASE("conv2d 3x3") { space::check_in<cases::conv2d_3x3, double>(); }
TEST_CASE("conv2d padded") { space::check_in<cases::conv2d_padded, double>(); }
TEST_CASE("conv2d padded, float") { space::check_in<cases::conv2d_padded, float, space::compares::inference_too>(); }
TEST_CASE("conv2d stride") { space::check_in<cases::conv2d_stride, double>(); }
TEST_CASE("conv2d uneven") { space::check_in<cases::conv2d_uneven, double>(); }
TEST_CASE("conv2d dilated") { space::check_in<cases::conv2d_dilated, double>(); }
TEST_CASE("conv2d stride dilated") { space::check_in<cases::conv2d_stride_dilated, double>(); }
TEST_CASE("deep") { space::check_in<cases::deep, double>(); }
TEST_CASE("deep, float") { space::check_in<cases::deep, float, space::compares::inference_too>(); }
