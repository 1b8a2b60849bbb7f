// The kernel law for dense layers of one sample: 1 to 9 outputs.

#include <laws/kernel_cases.hpp>

namespace tl = tapeless;
using laws::check_kernels;

TEST_CASE("matrix times vector, 1 to 9 outputs") {
  check_kernels<laws::affine<3, 1>, 1>();
  check_kernels<laws::affine<1, 2>, 1>();
  check_kernels<laws::affine<2, 3>, 1>();
  check_kernels<laws::affine<5, 4>, 1>();
  check_kernels<laws::affine<4, 5>, 1>();
  check_kernels<laws::affine<9, 7>, 1>();
  check_kernels<laws::affine<7, 8>, 1>();
  check_kernels<laws::affine<8, 9>, 1>();
}
