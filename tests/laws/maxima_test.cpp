// The kernel law for maxima along axes and sums over the batch.

#include <laws/kernel_law.hpp>

namespace tl = tapeless;
using laws::check_kernels;
using laws::law_case;
using laws::operand;

namespace {

constexpr operand cube{tl::shape{2, 3, 5}, true};
constexpr operand matrix{tl::shape{3, 5}, true};
constexpr operand weights{tl::shape{3, 5}};

constexpr auto maxima = [](tl::value x, tl::value w) {
  return tl::math::maximum(x * w, 2) * tl::math::sum(tl::math::maximum(x, 1, true), 2);
};
constexpr auto centred = [](tl::value x, tl::value w) {
  const tl::value mean = tl::sum_batch(x) * (1.0 / x.owner->batch);
  return tl::math::square(x - mean) * w;
};

}  // namespace

TEST_CASE("maxima along axes") {
  check_kernels<law_case<"maxima", maxima, cube, weights>, 1>();
  check_kernels<law_case<"maxima", maxima, cube, weights>, 3>();
}

TEST_CASE("sums over the batch inside a formula") {
  check_kernels<law_case<"centred", centred, matrix, weights>, 5>();
  check_kernels<law_case<"centred", centred, matrix, weights>, 16>();
}
