// The kernel law for softmax rows.

#include <laws/kernel_cases.hpp>

namespace tl = tapeless;
using laws::check_kernels;

TEST_CASE("softmax of one sample") {
  check_kernels<laws::softmax_row<1>, 1>();
  check_kernels<laws::softmax_row<3>, 1>();
  check_kernels<laws::softmax_row<8>, 1>();
  check_kernels<laws::softmax_row<17>, 1>();
  check_kernels<laws::softmax_row<33>, 1>();
}

TEST_CASE("softmax of batches") {
  check_kernels<laws::softmax_row<5>, 3>();
  check_kernels<laws::softmax_row<10>, 19>();
}
