// The gradient law for everything that is not elementwise: products, reductions, softmax, shapes.

#include <laws/gradient_law.hpp>

namespace tl = tapeless;
using laws::check_gradients;
using laws::law_case;
using laws::operand;

namespace {

constexpr operand vector{tl::shape{4}}, vectors{tl::shape{4}, true};
constexpr operand matrix{tl::shape{3, 4}}, matrices{tl::shape{3, 4}, true};
constexpr operand other{tl::shape{4, 2}}, others{tl::shape{4, 2}, true};
constexpr operand cube{tl::shape{2, 3, 4}, true};

constexpr auto matmul = [](tl::value a, tl::value b) { return tl::math::matmul(a, b); };

}  // namespace

TEST_CASE("gradients of matrix products of every rank") {
  check_gradients<law_case<"vector_vector", matmul, vector, vectors>,
                  law_case<"matrix_vector", matmul, matrix, vectors>,
                  law_case<"vector_matrix", matmul, vectors, other>,
                  law_case<"matrix_matrix", matmul, matrix, other>,
                  law_case<"matrices_matrix", matmul, matrices, other>,
                  law_case<"matrix_matrices", matmul, matrix, others>,
                  law_case<"matrices_matrices", matmul, matrices, others>>();
}

TEST_CASE("gradients of stacked matrix products") {
  constexpr operand stack{tl::shape{2, 4, 3}}, deep{tl::shape{2, 2, 2, 3}, true};
  constexpr operand deep_other{tl::shape{2, 2, 3, 2}};
  check_gradients<law_case<"cube_stack", matmul, cube, stack>,
                  law_case<"cube_matrix", matmul, cube, other>,
                  law_case<"deep_deep", matmul, deep, deep_other>>();
}

TEST_CASE("gradients of transposed and relabelled products") {
  check_gradients<
      law_case<"a_bt",
               [](tl::value a, tl::value b) { return tl::math::matmul(a, tl::math::transpose(b)); },
               matrix, matrices>,
      law_case<"at_b",
               [](tl::value a, tl::value b) { return tl::math::matmul(tl::math::transpose(a), b); },
               matrices, matrix>,
      law_case<"at_bt",
               [](tl::value a, tl::value b) {
                 return tl::math::matmul(tl::math::transpose(a), tl::math::transpose(b));
               },
               matrices, operand{tl::shape{2, 3}}>,
      law_case<"outer", [](tl::value a, tl::value b) { return tl::math::outer(a, b); }, vector,
               vectors>,
      law_case<"dot", [](tl::value a, tl::value b) { return tl::math::dot(a, b); }, vectors,
               vectors>,
      law_case<"over_two_axes",
               [](tl::value a, tl::value b) { return tl::einsum(a, "cmk", b, "mk", "c"); }, cube,
               matrix>,
      law_case<"turned_result",
               [](tl::value a, tl::value b) { return tl::einsum(a, "mk", b, "kn", "nm"); }, matrix,
               others>,
      law_case<"diagonal_products",
               [](tl::value a, tl::value b) { return tl::einsum(a, "mk", b, "mk", "m"); }, matrices,
               matrix>,
      law_case<"over_the_batch",
               [](tl::value a, tl::value b) { return tl::einsum(a, "m", b, "k", "mk", true); },
               vectors, operand{tl::shape{2}, true}>>();
}

TEST_CASE("gradients of sums, means and maxima") {
  check_gradients<
      law_case<"sum", [](tl::value x) { return tl::math::sum(x); }, cube>,
      law_case<"sum_0", [](tl::value x) { return tl::math::sum(x, 0); }, cube>,
      law_case<"sum_1_kept", [](tl::value x) { return tl::math::sum(x, 1, true); }, cube>,
      law_case<"sum_2", [](tl::value x) { return tl::math::sum(x, 2); }, cube>,
      law_case<"mean", [](tl::value x) { return tl::math::mean(x); }, matrix>,
      law_case<"mean_0", [](tl::value x) { return tl::math::mean(x, 0); }, matrices>,
      law_case<"sum_batch", [](tl::value x) { return tl::sum_batch(x * x); }, matrices>,
      law_case<"maximum", [](tl::value x) { return tl::math::maximum(x); }, matrices>,
      law_case<"maximum_1", [](tl::value x) { return tl::math::maximum(x, 1); }, cube>,
      law_case<"maximum_0_kept", [](tl::value x) { return tl::math::maximum(x, 0, true); },
               matrix>>();
}

TEST_CASE("gradients of softmax and its kin") {
  check_gradients<
      law_case<"softmax", [](tl::value x) { return tl::math::softmax(x); }, vectors>,
      law_case<"softmax_rows", [](tl::value x) { return tl::math::softmax(x); }, matrix>,
      law_case<"log_softmax", [](tl::value x) { return tl::math::log_softmax(x); }, matrices>,
      law_case<"log_sum_exp", [](tl::value x) { return tl::math::log_sum_exp(x); }, vectors>,
      law_case<"attention",
               [](tl::value q, tl::value k, tl::value v) {
                 return tl::math::matmul(
                     tl::math::softmax(tl::math::matmul(q, tl::math::transpose(k)) * 0.5), v);
               },
               matrices, matrix, operand{tl::shape{3, 2}}>>();
}

TEST_CASE("gradients of shapes") {
  check_gradients<
      law_case<"reshape",
               [](tl::value x) {
                 return tl::math::reshape(x, tl::shape{6, 4});
               },
               cube>,
      law_case<"transpose", [](tl::value x) { return tl::math::transpose(x); }, cube>,
      law_case<"permute",
               [](tl::value x) {
                 return tl::math::permute(x, tl::shape{2, 0, 1});
               },
               cube>,
      law_case<"reshape_permuted",
               [](tl::value x) {
                 return tl::math::reshape(tl::math::permute(x, tl::shape{1, 2, 0}), tl::shape{24});
               },
               cube>,
      law_case<"expand",
               [](tl::value x) {
                 return tl::math::expand(x, tl::shape{2, 3, 4});
               },
               operand{tl::shape{3, 1}, true}>,
      law_case<"flatten", [](tl::value x) { return tl::math::flatten(x); }, matrix>,
      law_case<"concat", [](tl::value a, tl::value b) { return tl::math::concat(a, b); }, matrices,
               operand{tl::shape{2, 4}}>,
      law_case<"concat_1", [](tl::value a, tl::value b) { return tl::math::concat(a, b, 1); },
               matrix, operand{tl::shape{3, 2}}>>();
}

TEST_CASE("gradients of reductions over several axes") {
  check_gradients<
      law_case<"sum",
               [](tl::value x) {
                 return tl::math::sum(x, {0, -1});
               },
               cube>,
      law_case<"mean",
               [](tl::value x) {
                 return tl::math::mean(x, {1, 2}, true);
               },
               cube>,
      law_case<"maximum",
               [](tl::value x) {
                 return tl::math::maximum(x, {0, 2});
               },
               cube>,
      law_case<"minimum", [](tl::value x) { return tl::math::minimum(x, -2); }, cube>,
      law_case<"l1_norm", [](tl::value x) { return tl::math::l1_norm(x, 1); }, matrices>,
      law_case<"l2_norm",
               [](tl::value x) {
                 return tl::math::l2_norm(x, {0, 1});
               },
               matrices>,
      law_case<"variance", [](tl::value x) { return tl::math::variance(x, 1, true, 1); }, matrix>,
      law_case<"log_sum_exp",
               [](tl::value x) {
                 return tl::math::log_sum_exp(x, {0, 2});
               },
               cube>,
      law_case<"product", [](tl::value x) { return tl::math::product(x, 1); }, cube>,
      law_case<"product_5", [](tl::value x) { return tl::math::product(x, 0, true); },
               operand{tl::shape{5, 2}, true}>,
      law_case<"cumulative_sum", [](tl::value x) { return tl::math::cumulative_sum(x, 1); },
               matrices>,
      law_case<"softmax", [](tl::value x) { return tl::math::softmax(x, 0); }, matrices>,
      law_case<"log_softmax", [](tl::value x) { return tl::math::log_softmax(x, 1); }, cube>>(1e-7);
}

TEST_CASE("gradients of views with a step") {
  check_gradients<
      law_case<"second", [](tl::value x) { return tl::math::slice(x, 0, 1, 3, 2); },
               operand{tl::shape{8}}>,
      law_case<"third", [](tl::value x) { return tl::math::slice(x, 1, 0, 2, 3); },
               operand{tl::shape{2, 4, 3}, true}>,
      law_case<"backwards", [](tl::value x) { return tl::math::slice(x, 0, 6, 3, -2); },
               operand{tl::shape{8}, true}>,
      law_case<"flip", [](tl::value x) { return tl::math::flip(x, 1); }, cube>,
      law_case<"flip_row", [](tl::value x) { return tl::math::flip(x, -1) * x; }, matrices>,
      law_case<"deep", [](tl::value x) { return tl::math::slice(x, 2, 4, 3, -2); },
               operand{tl::shape{2, 1, 5, 2}}>>();
}

TEST_CASE("gradients of joins of several values, repetitions and indices") {
  check_gradients<
      law_case<"concat",
               [](tl::value a, tl::value b) {
                 return tl::math::concat({a, b, a, b, b}, -2);
               },
               matrices, matrix>,
      law_case<"stack",
               [](tl::value a, tl::value b) {
                 return tl::math::stack({a, b, b}, -1);
               },
               matrices, matrix>,
      law_case<"tile",
               [](tl::value x) {
                 return tl::math::tile(x, tl::shape{2, 3});
               },
               matrices>,
      law_case<"repeat", [](tl::value x) { return tl::math::repeat(x, 1, 2); }, matrices>,
      law_case<"split",
               [](tl::value x) {
                 const auto parts = tl::math::split<2>(x, 1);
                 return parts[0] * parts[1];
               },
               matrices>,
      law_case<"take",
               [](tl::value x) {
                 return tl::math::take(x, 1, {3, 0, 0, 1, 2, -1});
               },
               matrix>,
      law_case<"index", [](tl::value x) { return x[-1][0] * x[0][2]; }, cube>,
      law_case<"squeezed",
               [](tl::value x) { return tl::math::squeeze(tl::math::unsqueeze(x, 1), 1) * x; },
               matrices>>();
}

TEST_CASE("gradients of slices") {
  check_gradients<
      law_case<"front", [](tl::value x) { return tl::math::slice(x, 0, 0, 2); }, matrices>,
      law_case<"middle", [](tl::value x) { return tl::math::slice(x, 1, 1, 2); }, matrix>,
      law_case<"end", [](tl::value x) { return tl::math::slice(x, 2, 2, 2); }, cube>,
      law_case<"overlapping",
               [](tl::value x) {
                 return tl::math::slice(x, 0, 0, 3) * tl::math::slice(x, 0, 1, 3);
               },
               vectors>>();
}
