// The kernel law for permuted and reshaped samples.

#include <laws/kernel_law.hpp>

namespace tl = tapeless;
using laws::check_kernels;
using laws::law_case;
using laws::operand;

namespace {

constexpr operand cube{tl::shape{2, 3, 5}, true};
constexpr operand matrix{tl::shape{3, 5}, true};
constexpr operand weights{tl::shape{3, 5}};

constexpr auto permuted = [](tl::value x, tl::value w) {
  return tl::math::tanh(tl::math::permute(x, tl::shape{2, 0, 1})) *
         tl::math::reshape(tl::math::sum(w, 0), tl::shape{5, 1, 1});
};
constexpr auto reshaped = [](tl::value x, tl::value w) {
  return tl::math::reshape(tl::math::transpose(tl::math::sigmoid(x)), tl::shape{3, 5}) * w;
};

}  // namespace

TEST_CASE("permuted samples") {
  check_kernels<law_case<"permuted", permuted, cube, weights>, 1>();
  check_kernels<law_case<"permuted", permuted, cube, weights>, 9>();
}

TEST_CASE("reshaped transposes") {
  check_kernels<law_case<"reshaped", reshaped, matrix, weights>, 1>();
  check_kernels<law_case<"reshaped", reshaped, matrix, weights>, 5>();
}
