// The kernel law for elementwise operations with broadcast operands: 1 to 9 features.

#include <laws/kernel_cases.hpp>

namespace tl = tapeless;
using laws::check_kernels;

TEST_CASE("elementwise kernels of 1 to 9 features") {
  check_kernels<laws::mixed<1>, 1>();
  check_kernels<laws::mixed<2>, 1>();
  check_kernels<laws::mixed<3>, 1>();
  check_kernels<laws::mixed<4>, 1>();
  check_kernels<laws::mixed<5>, 1>();
  check_kernels<laws::mixed<7>, 1>();
  check_kernels<laws::mixed<8>, 1>();
  check_kernels<laws::mixed<9>, 1>();
}
