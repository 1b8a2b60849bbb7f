// Padding as a layer against PyTorch.

#include <space/golden_law.hpp>

namespace cases = golden::space;

TEST_CASE("pad2d zeros") { space::check_in<cases::pad2d_zeros, double>(); }
TEST_CASE("pad2d uneven") { space::check_in<cases::pad2d_uneven, double>(); }
TEST_CASE("pad2d number") { space::check_in<cases::pad2d_number, double>(); }
TEST_CASE("pad2d reflect") { space::check_in<cases::pad2d_reflect, double>(); }
TEST_CASE("pad2d replicate") { space::check_in<cases::pad2d_replicate, double>(); }
TEST_CASE("pad2d circular") { space::check_in<cases::pad2d_circular, double>(); }
TEST_CASE("pad2d conv") { space::check_in<cases::pad2d_conv, double>(); }
TEST_CASE("pad1d zeros") { space::check_in<cases::pad1d_zeros, double>(); }
TEST_CASE("pad1d number") { space::check_in<cases::pad1d_number, double>(); }
TEST_CASE("pad1d reflect") { space::check_in<cases::pad1d_reflect, double>(); }
TEST_CASE("pad1d replicate") { space::check_in<cases::pad1d_replicate, double>(); }
TEST_CASE("pad1d circular") { space::check_in<cases::pad1d_circular, double>(); }
TEST_CASE("pad2d conv, float") {
  space::check_in<cases::pad2d_conv, float, space::compares::inference_too>();
}
