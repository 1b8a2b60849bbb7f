// The kernel law for elementwise operations with broadcast operands: batches.

#include <laws/kernel_cases.hpp>

namespace tl = tapeless;
using laws::check_kernels;

TEST_CASE("elementwise kernels of batches") {
  check_kernels<laws::mixed<3>, 2>();
  check_kernels<laws::mixed<5>, 3>();
  check_kernels<laws::mixed<17>, 5>();
  check_kernels<laws::mixed<4>, 8>();
}

TEST_CASE("elementwise kernels of larger batches") {
  check_kernels<laws::mixed<2>, 16>();
  check_kernels<laws::mixed<7>, 19>();
}
