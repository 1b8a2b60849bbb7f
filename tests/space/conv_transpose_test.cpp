// Transposed convolutions against PyTorch.

#include <space/golden_law.hpp>

namespace cases = golden::space;

TEST_CASE("transpose2d") { space::check_in<cases::transpose2d, double>(); }
TEST_CASE("transpose2d stride") { space::check_in<cases::transpose2d_stride, double>(); }
TEST_CASE("transpose2d overlap") { space::check_in<cases::transpose2d_overlap, double>(); }
TEST_CASE("transpose2d overlap, float") { space::check_in<cases::transpose2d_overlap, float, space::compares::inference_too>(); }
TEST_CASE("transpose2d groups") { space::check_in<cases::transpose2d_groups, double>(); }
TEST_CASE("transpose1d") { space::check_in<cases::transpose1d, double>(); }
TEST_CASE("transpose1d bare") { space::check_in<cases::transpose1d_bare, double>(); }
