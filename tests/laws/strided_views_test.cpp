// The kernel law for slices with a step, reversals and joins of many values.

#include <laws/kernel_law.hpp>

namespace tl = tapeless;
using laws::check_kernels;
using laws::check_shared_kernels;
using laws::law_case;
using laws::operand;

namespace {

constexpr operand matrix{tl::shape{5, 19}, true}, weights{tl::shape{5, 19}};
constexpr operand vectors{tl::shape{23}, true}, vector{tl::shape{23}};

/// Every other column, backwards; every other row; the whole in reverse.
constexpr auto stepped = [](tl::value x, tl::value w) {
  const tl::value columns = tl::math::slice(x, 1, 18, 6, -3) * tl::math::slice(w, 1, 1, 6, 3);
  return tl::math::tanh(tl::math::slice(columns, 0, 0, 3, 2)) +
         tl::math::mean(tl::math::flip(x, 1));
};
constexpr auto reversed = [](tl::value x, tl::value w) {
  return tl::math::flip(tl::math::exp(x * 0.25), 0) * w + x * tl::math::flip(w, -1);
};
constexpr auto products = [](tl::value x, tl::value w) {
  const tl::value turned = tl::math::flip(w, 0);
  return tl::math::matmul(tl::math::slice(x, -1, 0, 10, 2),
                          tl::math::transpose(tl::math::slice(turned, 1, 18, 10, -2)));
};
constexpr auto joined = [](tl::value x, tl::value w) {
  const tl::value parts[] = {tl::math::slice(x, 0, 0, 3), tl::math::slice(x, 0, 22, 4, -5), w * x,
                             tl::math::slice(w, 0, 1, 2, 7), tl::math::flip(x, 0)};
  return tl::math::concat(parts) * 0.5;
};
constexpr auto reshaped = [](tl::value x, tl::value w) {
  return tl::math::reshape(tl::math::flip(x, 1), tl::shape{19, 5}) *
         tl::math::reshape(tl::math::flip(tl::math::flip(w, 0), 1), tl::shape{19, 5});
};

/// A reshape of a view of what another reshape has copied.
constexpr auto repeated = [](tl::value x, tl::value w) {
  return tl::math::repeat(tl::math::slice(w, 1, 4, 2, -3), 0, 3) *
         tl::math::repeat(tl::math::slice(x, 1, 1, 2, 6), 0, 3);
};

}  // namespace

TEST_CASE("slices with a step") {
  check_kernels<law_case<"stepped", stepped, matrix, weights>, 1>();
  check_kernels<law_case<"stepped", stepped, matrix, weights>, 9>();
  check_kernels<law_case<"stepped", stepped, matrix, weights>, 1, double>();
}

TEST_CASE("reversals") {
  check_kernels<law_case<"reversed", reversed, vectors, vector>, 1>();
  check_kernels<law_case<"reversed", reversed, vectors, vector>, 17>();
  check_kernels<law_case<"reversed", reversed, vectors, vector>, 3, double>();
}

TEST_CASE("products of views with a step") {
  check_kernels<law_case<"products", products, matrix, weights>, 1>();
  check_kernels<law_case<"products", products, matrix, weights>, 8>();
}

TEST_CASE("joins of several values") {
  check_kernels<law_case<"joined", joined, vectors, vector>, 1>();
  check_kernels<law_case<"joined", joined, vectors, vector>, 8>();
}

TEST_CASE("reshaped reversals") {
  check_kernels<law_case<"reshaped", reshaped, matrix, weights>, 1>();
  check_kernels<law_case<"reshaped", reshaped, matrix, weights>, 4>();
}

TEST_CASE("repeated slices with a step") {
  check_kernels<law_case<"repeated", repeated, matrix, weights>, 1>();
  check_kernels<law_case<"repeated", repeated, matrix, weights>, 3>();
}

TEST_CASE("views with a step by kernels whose sizes are run-time numbers") {
  check_shared_kernels<law_case<"stepped", stepped, matrix, weights>, 3, tl::lane_axis::features>();
  check_shared_kernels<law_case<"reversed", reversed, vectors, vector>, 9,
                       tl::lane_axis::samples>();
}
