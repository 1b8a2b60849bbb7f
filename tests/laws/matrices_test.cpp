// The kernel law for samples that are matrices.

#include <laws/kernel_cases.hpp>

namespace tl = tapeless;
using laws::check_kernels;

TEST_CASE("matrices of one sample") {
  check_kernels<laws::matrices<3, 5, 4>, 1>();
  check_kernels<laws::matrices<9, 2, 17>, 1>();
}

TEST_CASE("matrices of batches") {
  check_kernels<laws::matrices<2, 3, 5>, 3>();
  check_kernels<laws::matrices<5, 4, 3>, 16>();
}
