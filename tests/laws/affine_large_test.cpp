// The kernel law for dense layers of one sample: 15 to 33 outputs.

#include <laws/kernel_cases.hpp>

namespace tl = tapeless;
using laws::check_kernels;

TEST_CASE("matrix times vector, 15 to 33 outputs") {
  check_kernels<laws::affine<16, 15>, 1>();
  check_kernels<laws::affine<15, 16>, 1>();
  check_kernels<laws::affine<31, 17>, 1>();
  check_kernels<laws::affine<17, 31>, 1>();
  check_kernels<laws::affine<33, 32>, 1>();
  check_kernels<laws::affine<32, 33>, 1>();
}
