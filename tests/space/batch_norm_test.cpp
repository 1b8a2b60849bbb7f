// Normalisation over the batch against PyTorch.

#include <space/golden_law.hpp>

namespace cases = golden::space;

TEST_CASE("batch norm vector") { space::check_in<cases::batch_norm_vector, double>(); }
TEST_CASE("batch norm1d") { space::check_in<cases::batch_norm1d, double>(); }
TEST_CASE("batch norm2d") { space::check_in<cases::batch_norm2d, double, space::compares::inference_too>(); }
TEST_CASE("batch norm2d one") { space::check_in<cases::batch_norm2d_one, double>(); }
TEST_CASE("batch norm bare") { space::check_in<cases::batch_norm_bare, double>(); }
TEST_CASE("conv norm") { space::check_in<cases::conv_norm, double>(); }
TEST_CASE("conv norm, float") { space::check_in<cases::conv_norm, float, space::compares::inference_too>(); }
TEST_CASE("running statistics, of a whole batch and of a part") {
  space::check_statistics<cases::batch_norm2d, double>();
  space::check_statistics<cases::batch_norm_bare, float>();
}
