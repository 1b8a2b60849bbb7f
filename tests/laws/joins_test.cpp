// The kernel law for slices, joins and row sums.

#include <laws/kernel_law.hpp>

namespace tl = tapeless;
using laws::check_kernels;
using laws::law_case;
using laws::operand;

namespace {

constexpr operand matrix{tl::shape{3, 5}, true};
constexpr operand weights{tl::shape{3, 5}};

constexpr auto joined = [](tl::value x, tl::value w) {
  return tl::math::concat(tl::math::slice(x, 1, 1, 3) * 2.0, tl::math::exp(x * w), 1);
};
constexpr auto row_sums = [](tl::value x, tl::value w) {
  const tl::value s = tl::math::sum(x * w, 1, true);
  return x / (s * s + 1.0) + tl::math::mean(x, 0);
};

}  // namespace

TEST_CASE("slices and joins") {
  check_kernels<law_case<"joined", joined, matrix, weights>, 1>();
  check_kernels<law_case<"joined", joined, matrix, weights>, 8>();
}

TEST_CASE("sums and means of rows and columns") {
  check_kernels<law_case<"row_sums", row_sums, matrix, weights>, 1>();
  check_kernels<law_case<"row_sums", row_sums, matrix, weights>, 17>();
}
