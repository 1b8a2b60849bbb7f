// The kernel law for elementwise operations with broadcast operands: 15 to 33 features.

#include <laws/kernel_cases.hpp>

namespace tl = tapeless;
using laws::check_kernels;

TEST_CASE("elementwise kernels of 15 to 33 features") {
  check_kernels<laws::mixed<15>, 1>();
  check_kernels<laws::mixed<16>, 1>();
  check_kernels<laws::mixed<17>, 1>();
  check_kernels<laws::mixed<31>, 1>();
  check_kernels<laws::mixed<32>, 1>();
  check_kernels<laws::mixed<33>, 1>();
}
