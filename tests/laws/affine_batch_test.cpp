// The kernel law for dense layers of batches.

#include <laws/kernel_cases.hpp>

namespace tl = tapeless;
using laws::check_kernels;

TEST_CASE("dense layers of small batches") {
  check_kernels<laws::affine<3, 5>, 2>();
  check_kernels<laws::affine<5, 3>, 3>();
  check_kernels<laws::affine<17, 9>, 5>();
}

TEST_CASE("dense layers of batches that fill vectors") {
  check_kernels<laws::affine<2, 8>, 8>();
  check_kernels<laws::affine<8, 17>, 16>();
}
