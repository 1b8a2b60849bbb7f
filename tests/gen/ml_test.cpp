// Operators of ai.onnx.ml against what ONNX Runtime computes.

#include <limits>

#include "nodes.hpp"

using namespace onnx_nodes;

namespace {

operation ml(const char* name, std::size_t outputs = 1, std::int64_t opset = 3) {
  return {name, opset, "ai.onnx.ml", outputs};
}

const gen::tensor x = floats({2, 2}, {1, 2, .3, -.4});
const std::vector<double> coefficients{1 / 3.0, -2 / 3.0, .7, 4 / 3.0};

attributes classifier(const char* transform) {
  return {{"coefficients", numbers(coefficients)},
          {"intercepts", numbers({0, .1})},
          {"classlabels_ints", integers({10, 11})},
          {"post_transform", text(transform)}};
}

}  // namespace

TEST_CASE("linear models", "[gen][ml]") {
  check(evaluate(ml("LinearRegressor"),
                 {{"coefficients", numbers({.3, .2})}, {"intercepts", numbers({.1})}}, {x}),
        0, {2, 1}, {.8, .11});
  const auto plain = evaluate(ml("LinearClassifier", 2), classifier("NONE"), {x});
  check(plain, 0, {2}, {11, 10});
  check(plain, 1, {2, 2}, {-1, 3.4666666667, .3666666667, -.2233333333});
  const auto logistic = evaluate(ml("LinearClassifier", 2), classifier("LOGISTIC"), {x});
  check(logistic, 1, {2, 2}, {.2689414214, .9697243076, .5906531767, .4443975873});
  const auto softmax = evaluate(ml("LinearClassifier", 2), classifier("SOFTMAX"), {x});
  check(softmax, 1, {2, 2}, {.0113551176, .9886448824, .6433651457, .3566348543});
}

TEST_CASE("one score for two classes", "[gen][ml]") {
  attributes a = classifier("NONE");
  a["coefficients"] = numbers({1 / 3.0, -2 / 3.0});
  a["intercepts"] = numbers({0});
  const auto plain = evaluate(ml("LinearClassifier", 2), a, {x});
  check(plain, 0, {2}, {10, 11});
  check(plain, 1, {2, 2}, {2, -1, .6333333333, .3666666667});
  a["post_transform"] = text("LOGISTIC");
  const auto logistic = evaluate(ml("LinearClassifier", 2), a, {x});
  check(logistic, 1, {2, 2}, {.7310585786, .2689414214, .4093468233, .5906531767});
  a["classlabels_strings"] = texts({"no", "yes"});
  a.erase("classlabels_ints");
  CHECK(evaluate(ml("LinearClassifier", 2), a, {x})[0].texts ==
        std::vector<std::string>{"no", "yes"});
}

TEST_CASE("models that do not fit are refused", "[gen][ml][refusal]") {
  for (const char* transform : {"PROBIT", "SOFTMAX_ZERO", "other"})
    check_refused(ml("LinearClassifier", 2), classifier(transform), {x});
  check_refused(ml("LinearClassifier", 2), classifier("NONE"), {floats({1, 3}, {1, 2, 3})});
  check_refused(ml("LinearRegressor"), {}, {x});
  check_refused(ml("LinearRegressor"), {{"targets", integer(-1)}}, {x});
  check_refused(ml("Scaler"), {{"offset", numbers({1, 2, 3})}}, {x});
  check_refused(ml("Normalizer"), {{"norm", text("L3")}}, {x});
  check_refused(ml("LabelEncoder"), {}, {x});
  check_refused(ml("LabelEncoder", 1, 1), {{"classes_strings", texts({"a"})}}, {x});
  check_refused(ml("FeatureVectorizer"), {}, {x, floats({1, 1}, {1})});
}

TEST_CASE("features are scaled and mended", "[gen][ml]") {
  const gen::tensor z = floats({4, 2}, {1, -2, 0, 0, -3, -4, -1, 1});
  check(evaluate(ml("Scaler"), {{"offset", numbers({1, 2})}, {"scale", numbers({3, 4})}}, {z}), 0,
        {4, 2}, {0, -16, -3, -8, -12, -24, -6, -4});
  check(evaluate(ml("Normalizer"), {{"norm", text("MAX")}}, {z}), 0, {4, 2},
        {1, -2, 0, 0, 1, 4 / 3.0, -1, 1});
  check(evaluate(ml("Normalizer"), {{"norm", text("L1")}}, {z}), 0, {4, 2},
        {1 / 3.0, -2 / 3.0, 0, 0, -3 / 7.0, -4 / 7.0, -.5, .5});
  check(evaluate(ml("Normalizer"), {{"norm", text("L2")}}, {z}), 0, {4, 2},
        {.4472135955, -.894427191, 0, 0, -.6, -.8, -.7071067812, .7071067812});
  check(evaluate(ml("Binarizer"), {{"threshold", number(.2)}}, {z}), 0, {4, 2},
        {1, 0, 0, 0, 0, 0, 0, 1});
  check(evaluate(ml("Imputer"), {{"imputed_value_floats", numbers({7, 8})}}, {z}), 0, {4, 2},
        {1, -2, 7, 8, -3, -4, -1, 1});
  const double nan = std::numeric_limits<double>::quiet_NaN();
  check(evaluate(ml("Imputer"),
                 {{"imputed_value_floats", numbers({7})}, {"replaced_value_float", number(nan)}},
                 {floats({1, 2}, {nan, 1})}),
        0, {1, 2}, {7, 1});
  check(evaluate(ml("FeatureVectorizer"), {}, {x, floats({2, 1}, {8, 9})}), 0, {2, 3},
        {1, 2, 8, .3, -.4, 9});
}

TEST_CASE("labels for numbers", "[gen][ml]") {
  const gen::tensor z = floats({3}, {1, 0, 5});
  check(evaluate(ml("LabelEncoder"),
                 {{"keys_floats", numbers({1, 0})},
                  {"values_floats", numbers({5, 6})},
                  {"default_float", number(-9)}},
                 {z}),
        0, {3}, {5, 6, -9});
  const auto whole =
      evaluate(ml("LabelEncoder"),
               {{"keys_floats", numbers({1, 0})}, {"values_int64s", integers({5, 6})}}, {z});
  CHECK(whole[0].type == gen::element::i64);
  check(whole, 0, {3}, {5, 6, -1});
}
