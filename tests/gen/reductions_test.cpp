// Operators over axes: what ONNX's own tests leave out.

#include <limits>

#include "nodes.hpp"

using namespace onnx_nodes;

namespace {

const double inf = std::numeric_limits<double>::infinity();
const gen::tensor x = floats({2, 3}, {1, -2, 3, 4, 5, -6});

}  // namespace

TEST_CASE("reductions take axes from an attribute or an input", "[gen][reduce]") {
  check(evaluate({"ReduceSum", 11}, {{"axes", integers({-1})}}, {x}), 0, {2, 1}, {2, 3});
  check(evaluate({"ReduceSum", 13}, {}, {x, gen::vector_of({1})}), 0, {2, 1}, {2, 3});
  check(evaluate({"ReduceMax", 18}, {{"keepdims", integer(0)}}, {x, gen::vector_of({0})}), 0, {3},
        {4, 5, 3});
  check(evaluate({"ReduceMin", 6}, {{"keepdims", integer(0)}}, {x}), 0, {}, {-6});
}

TEST_CASE("no axes are all axes, or none where the node says so", "[gen][reduce]") {
  check(evaluate({"ReduceL1", 18}, {}, {x}), 0, {1, 1}, {21});
  check(evaluate({"ReduceL1", 18}, {{"noop_with_empty_axes", integer(1)}}, {x}), 0, {2, 3},
        {1, 2, 3, 4, 5, 6});
  check(evaluate({"ReduceSumSquare", 18}, {{"noop_with_empty_axes", integer(1)}},
                 {x, gen::vector_of({})}),
        0, {2, 3}, {1, 4, 9, 16, 25, 36});
}

TEST_CASE("integers are reduced as integers", "[gen][reduce]") {
  const auto mean = evaluate({"ReduceMean", 18}, {}, {gen::vector_of({1, 2, 4})});
  CHECK(mean[0].type == gen::element::i64);
  check(mean, 0, {1}, {2});
}

TEST_CASE("a logarithm of a sum of exponentials does not overflow", "[gen][reduce]") {
  check(evaluate({"ReduceLogSumExp", 18}, {}, {floats({2}, {1000, 1000})}), 0, {1},
        {1000.69314718056});
  const auto none = evaluate({"ReduceLogSumExp", 18}, {}, {floats({2}, {-inf, -inf})});
  CHECK(none[0].numbers[0] == -inf);
}

TEST_CASE("axes that a value lacks are refused", "[gen][reduce][refusal]") {
  check_refused({"ReduceSum", 11}, {{"axes", integers({2})}}, {x});
  check_refused({"ReduceSum", 11}, {{"axes", integers({-3})}}, {x});
  check_refused({"ReduceSum", 11}, {{"axes", integers({1, -1})}}, {x});
  check_refused({"Softmax", 13}, {{"axis", integer(2)}}, {x});
  check_refused({"ArgMax", 13}, {{"axis", integer(-3)}}, {x});
  check_refused({"CumSum", 14}, {}, {x, gen::vector_of({5})});
  check_refused({"TopK", 11}, {}, {x, gen::vector_of({4})});
  check_refused({"ArgMax", 13}, {{"axis", integer(1)}}, {floats({2, 0}, {})});
}

TEST_CASE("softmax before opset 13 joins the axes from the given one on", "[gen][softmax]") {
  const gen::tensor ones = floats({1, 2, 2}, {0, 0, 0, 0});
  check(evaluate({"Softmax", 11}, {}, {ones}), 0, {1, 2, 2}, {.25, .25, .25, .25});
  check(evaluate({"Softmax", 13}, {}, {ones}), 0, {1, 2, 2}, {.5, .5, .5, .5});
  check(evaluate({"LogSoftmax", 13}, {{"axis", integer(0)}}, {ones}), 0, {1, 2, 2}, {0, 0, 0, 0});
  check(evaluate({"Hardmax", 13}, {}, {x}), 0, {2, 3}, {0, 0, 1, 0, 1, 0});
}

TEST_CASE("the place of an extreme", "[gen][argmax]") {
  const gen::tensor ties = floats({4}, {2, 7, 7, 2});
  check(evaluate({"ArgMax", 13}, {}, {ties}), 0, {1}, {1});
  check(evaluate({"ArgMax", 13}, {{"select_last_index", integer(1)}}, {ties}), 0, {1}, {2});
  check(evaluate({"ArgMin", 13}, {{"keepdims", integer(0)}}, {ties}), 0, {}, {0});
  const auto top = evaluate({"TopK", 11, "", 2}, {}, {ties, gen::vector_of({3})});
  check(top, 0, {3}, {7, 7, 2});
  check(top, 1, {3}, {1, 2, 0});
}
