// The kernel law for dense layers of batches beyond one vector.

#include <laws/kernel_cases.hpp>

namespace tl = tapeless;
using laws::check_kernels;

TEST_CASE("dense layers of larger batches") {
  check_kernels<laws::affine<4, 1>, 19>();
  check_kernels<laws::affine<7, 3>, 32>();
  check_kernels<laws::affine<9, 16>, 33>();
}
