// The kernel law for kernels whose sizes are run-time numbers.

#include <laws/kernel_cases.hpp>

namespace tl = tapeless;
using laws::check_shared_kernels;

TEST_CASE("shared kernels of one sample") {
  check_shared_kernels<laws::affine<3, 5>, 1, tl::lane_axis::features>();
  check_shared_kernels<laws::affine<33, 17>, 1, tl::lane_axis::features>();
}

TEST_CASE("shared kernels with lanes over features") {
  check_shared_kernels<laws::affine<17, 9>, 5, tl::lane_axis::features>();
  check_shared_kernels<laws::affine<5, 31>, 2, tl::lane_axis::features>();
}

TEST_CASE("shared kernels with lanes over samples") {
  check_shared_kernels<laws::affine<8, 17>, 19, tl::lane_axis::samples>();
  check_shared_kernels<laws::affine<2, 3>, 5, tl::lane_axis::samples>();
}
