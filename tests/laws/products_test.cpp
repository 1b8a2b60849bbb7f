// The kernel law for products of transposed samples.

#include <laws/kernel_law.hpp>

namespace tl = tapeless;
using laws::check_kernels;
using laws::law_case;
using laws::operand;

namespace {

constexpr operand matrix{tl::shape{3, 5}, true};
constexpr operand weights{tl::shape{3, 5}};

constexpr auto products = [](tl::value x, tl::value w) {
  const tl::value turned = tl::math::transpose(x);
  return tl::math::relu(tl::math::matmul(turned, w) + tl::math::matmul(turned, x));
};

}  // namespace

TEST_CASE("products of transposed samples") {
  check_kernels<law_case<"products", products, matrix, weights>, 1>();
  check_kernels<law_case<"products", products, matrix, weights>, 8>();
}
