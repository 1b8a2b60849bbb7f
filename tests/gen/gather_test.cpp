// Elements by their numbers, products by labels.

#include "nodes.hpp"

using namespace onnx_nodes;

namespace {

const gen::tensor x = floats({2, 3}, {1, 2, 3, 4, 5, 6});

gen::tensor indices(gen::dimensions dims, const std::vector<std::int64_t>& numbers) {
  gen::tensor t = gen::vector_of(numbers);
  t.dims = std::move(dims);
  return t;
}

}  // namespace

TEST_CASE("gathering counts from either end", "[gen][gather]") {
  check(evaluate({"Gather", 13}, {{"axis", integer(1)}}, {x, gen::vector_of({-1, 0})}), 0, {2, 2},
        {3, 1, 6, 4});
  check(evaluate({"Gather", 13}, {}, {x, indices({}, {1})}), 0, {3}, {4, 5, 6});
  check(evaluate({"Gather", 13}, {}, {x, indices({0}, {})}), 0, {0, 3}, {});
  check(evaluate({"GatherElements", 13}, {{"axis", integer(1)}}, {x, indices({1, 2}, {2, -3})}), 0,
        {1, 2}, {3, 1});
  check(evaluate({"GatherND", 13}, {}, {x, indices({2, 2}, {0, 2, -1, 0})}), 0, {2}, {3, 4});
  check(evaluate({"GatherND", 13}, {{"batch_dims", integer(1)}}, {x, indices({2, 1}, {2, 0})}), 0,
        {2}, {3, 4});
  check(evaluate({"ArrayFeatureExtractor", 1, "ai.onnx.ml"}, {},
                 {floats({3}, {7, 8, 9}), gen::vector_of({2, 0})}),
        0, {1, 2}, {9, 7});
}

TEST_CASE("indices outside of an axis are refused", "[gen][gather][refusal]") {
  check_refused({"Gather", 13}, {}, {x, gen::vector_of({2})});
  check_refused({"Gather", 13}, {}, {x, gen::vector_of({-3})});
  check_refused({"Gather", 13}, {{"axis", integer(2)}}, {x, gen::vector_of({0})});
  check_refused({"Gather", 13}, {}, {floats({}, {1}), gen::vector_of({0})});
  check_refused({"GatherElements", 13}, {}, {x, gen::vector_of({0})});
  check_refused({"GatherElements", 13}, {}, {x, indices({3, 1}, {0, 0, 2})});
  check_refused({"GatherElements", 13}, {{"axis", integer(1)}}, {x, indices({3, 1}, {0, 0, 0})});
  check_refused({"GatherND", 13}, {}, {x, indices({1, 3}, {0, 0, 0})});
  check_refused({"GatherND", 13}, {}, {x, indices({1, 0}, {})});
  check_refused({"GatherND", 13}, {{"batch_dims", integer(-1)}}, {x, indices({1, 1}, {0})});
  check_refused({"GatherND", 13}, {{"batch_dims", integer(1)}}, {x, indices({3, 1}, {0, 0, 0})});
  check_refused({"ArrayFeatureExtractor", 1, "ai.onnx.ml"}, {}, {x, gen::vector_of({3})});
}

TEST_CASE("one-hot rows", "[gen][onehot]") {
  const gen::tensor values = floats({2}, {-1, 1});
  check(evaluate({"OneHot", 11}, {},
                 {gen::vector_of({1, -1, 9}), gen::scalar(gen::element::i64, 2), values}),
        0, {3, 2}, {-1, 1, -1, 1, -1, -1});
  check_refused({"OneHot", 11}, {},
                {gen::vector_of({1}), gen::scalar(gen::element::i64, -2), values});
  check_refused({"OneHot", 11}, {{"axis", integer(2)}},
                {gen::vector_of({1}), gen::scalar(gen::element::i64, 2), values});
}

TEST_CASE("einsum takes numpy's forms", "[gen][einsum]") {
  const auto einsum = [](const char* equation, const std::vector<gen::tensor>& operands) {
    return evaluate({"Einsum", 12}, {{"equation", text(equation)}}, operands);
  };
  const gen::tensor square = floats({2, 2}, {1, 2, 3, 4});
  check(einsum("ij->ji", {x}), 0, {3, 2}, {1, 4, 2, 5, 3, 6});
  check(einsum("ji", {x}), 0, {3, 2}, {1, 4, 2, 5, 3, 6});
  check(einsum("ii", {square}), 0, {}, {5});
  check(einsum("ii -> i", {square}), 0, {2}, {1, 4});
  check(einsum("...j->...", {x}), 0, {2}, {6, 15});
  check(einsum("ij,jk", {square, x}), 0, {2, 3}, {9, 12, 15, 19, 26, 33});
  check(einsum("...k,k->...", {x, floats({3}, {1, 0, 2})}), 0, {2}, {7, 16});
  check(einsum("ij,jk,kl->il", {square, square, square}), 0, {2, 2}, {37, 54, 81, 118});
  check(einsum("i,j->ij", {floats({2}, {1, 2}), floats({1}, {3})}), 0, {2, 1}, {3, 6});
}

TEST_CASE("equations that do not fit are refused", "[gen][einsum][refusal]") {
  const auto refused = [](const char* equation) {
    check_refused({"Einsum", 12}, {{"equation", text(equation)}}, {x});
  };
  for (const char* equation : {"", "i", "ijk", "ij,jk", "ij->iij", "ij->k", "i1->i", "ii", ".ij",
                               "i...j...", "->", "ij->i->j", "...ijk"})
    refused(equation);
}
