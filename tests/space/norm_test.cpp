// Normalisation of each sample against PyTorch.

#include <space/golden_law.hpp>

namespace cases = golden::space;

TEST_CASE("layer norm") { space::check_in<cases::layer_norm, double>(); }
TEST_CASE("layer norm rows") { space::check_in<cases::layer_norm_rows, double>(); }
TEST_CASE("layer norm rows, float") { space::check_in<cases::layer_norm_rows, float, space::compares::inference_too>(); }
TEST_CASE("layer norm image") { space::check_in<cases::layer_norm_image, double>(); }
TEST_CASE("layer norm bare") { space::check_in<cases::layer_norm_bare, double>(); }
TEST_CASE("rms norm") { space::check_in<cases::rms_norm, double>(); }
TEST_CASE("rms norm rows") { space::check_in<cases::rms_norm_rows, double>(); }
TEST_CASE("group norm") { space::check_in<cases::group_norm, double>(); }
TEST_CASE("group norm vector") { space::check_in<cases::group_norm_vector, double>(); }
TEST_CASE("group norm one") { space::check_in<cases::group_norm_one, double>(); }
TEST_CASE("instance norm") { space::check_in<cases::instance_norm, double>(); }
TEST_CASE("instance norm affine") { space::check_in<cases::instance_norm_affine, double>(); }
