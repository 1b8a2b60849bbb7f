// The kernel law for double precision.

#include <laws/kernel_cases.hpp>

namespace tl = tapeless;
using laws::check_kernels;

TEST_CASE("elementwise kernels in double precision") {
  check_kernels<laws::mixed<3>, 1, double>();
  check_kernels<laws::mixed<9>, 5, double>();
}

TEST_CASE("dense layers in double precision") {
  check_kernels<laws::affine<5, 7>, 1, double>();
  check_kernels<laws::affine<9, 17>, 3, double>();
  check_kernels<laws::affine<3, 5>, 19, double>();
}

TEST_CASE("softmax in double precision") { check_kernels<laws::softmax_row<11>, 8, double>(); }
