// Convolutions over one axis of space against PyTorch.

#include <space/golden_law.hpp>

namespace cases = golden::space;

TEST_CASE("conv1d wide") { space::check_in<cases::conv1d_wide, double>(); }
TEST_CASE("conv1d few") { space::check_in<cases::conv1d_few, double>(); }
TEST_CASE("conv1d causal") { space::check_in<cases::conv1d_causal, double>(); }
TEST_CASE("conv1d causal, float") { space::check_in<cases::conv1d_causal, float, space::compares::inference_too>(); }
TEST_CASE("conv1d groups") { space::check_in<cases::conv1d_groups, double>(); }
TEST_CASE("conv1d depthwise") { space::check_in<cases::conv1d_depthwise, double>(); }
