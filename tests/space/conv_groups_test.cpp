// Grouped and depthwise convolutions against PyTorch.

#include <space/golden_law.hpp>

namespace cases = golden::space;

TEST_CASE("conv2d groups") { space::check_in<cases::conv2d_groups, double>(); }
TEST_CASE("conv2d groups stride") { space::check_in<cases::conv2d_groups_stride, double>(); }
TEST_CASE("conv2d depthwise") { space::check_in<cases::conv2d_depthwise, double>(); }
TEST_CASE("conv2d depthwise, float") { space::check_in<cases::conv2d_depthwise, float, space::compares::inference_too>(); }
TEST_CASE("conv2d depthwise stride") { space::check_in<cases::conv2d_depthwise_stride, double>(); }
