// The kernel law for products over two axes.

#include <laws/kernel_law.hpp>

namespace tl = tapeless;
using laws::check_kernels;
using laws::law_case;
using laws::operand;

namespace {

constexpr operand cube{tl::shape{2, 3, 5}, true};
constexpr operand weights{tl::shape{3, 5}};

constexpr auto relabelled = [](tl::value x, tl::value w) {
  return tl::einsum(x, "cmk", w, "mk", "kc") + tl::math::sum(tl::einsum(x, "cmk", x, "cmk", "c"));
};

}  // namespace

TEST_CASE("products over two axes") {
  check_kernels<law_case<"relabelled", relabelled, cube, weights>, 1>();
  check_kernels<law_case<"relabelled", relabelled, cube, weights>, 6>();
}
