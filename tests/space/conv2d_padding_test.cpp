// Paddings of convolutions against PyTorch.

#include <space/golden_law.hpp>

namespace cases = golden::space;

TEST_CASE("conv2d stride beyond") { space::check_in<cases::conv2d_stride_beyond, double>(); }
TEST_CASE("conv2d padding beyond") { space::check_in<cases::conv2d_padding_beyond, double>(); }
TEST_CASE("conv2d same") { space::check_in<cases::conv2d_same, double>(); }
TEST_CASE("conv2d same stride") { space::check_in<cases::conv2d_same_stride, double>(); }
TEST_CASE("conv2d reflect") { space::check_in<cases::conv2d_reflect, double>(); }
TEST_CASE("conv2d replicate") { space::check_in<cases::conv2d_replicate, double>(); }
TEST_CASE("conv2d circular") { space::check_in<cases::conv2d_circular, double>(); }
