#include <catch2/catch.hpp>
#include <limits>
#include <tapeless/train/confusion_matrix.hpp>
#include <vector>

namespace tl = tapeless;

TEST_CASE("a confusion matrix counts and rates each class", "[train][confusion]") {
  tl::confusion_matrix m(3);
  const std::vector<int> actual{2, 0, 2, 2, 0, 1}, predicted{0, 0, 2, 2, 0, 2};
  for (std::size_t i = 0; i < actual.size(); ++i) m.add(actual[i], predicted[i]);
  CHECK(m.count(0, 0) == 2);
  CHECK(m.count(2, 0) == 1);
  CHECK(m.total() == 6);
  CHECK(m.accuracy() == Approx(4.0 / 6));
  CHECK(m.precision(0) == Approx(2.0 / 3));
  CHECK(m.recall(0) == 1);
  CHECK(m.precision(1) == 0);
  CHECK(m.recall(1) == 0);
  CHECK(m.f1(2) == Approx(2.0 / 3));
  CHECK(m.str({"ant", "bee"}) ==
        "actual \\ predicted  ant  bee  2  precision  recall      F1\n"
        "------------------  ---  ---  -  ---------  ------  ------\n"
        "ant                   2    0  0     0.6667  1.0000  0.8000\n"
        "bee                   0    0  1     0.0000  0.0000  0.0000\n"
        "2                     1    0  2     0.6667  0.6667  0.6667\n"
        "accuracy 0.6667 of 6 samples\n");
}

TEST_CASE("a confusion matrix of predictions", "[train][confusion]") {
  const std::vector<float> outputs{0.9f, 0.2f, 0.7f}, labels{1, 0, 0};
  const auto m =
      tl::confusion_matrix::of(tl::prediction_view<float>{outputs.data(), labels.data(), 3, 1, 1});
  CHECK(m.classes() == 2);
  CHECK(m.count(0, 1) == 1);
  CHECK(m.count(1, 1) == 1);
  CHECK(m.accuracy() == Approx(2.0 / 3));
}

TEST_CASE("a NaN is shown as no class and counts as wrong", "[train][confusion]") {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const std::vector<float> outputs{0, 1, nan, 1}, labels{1, 1};
  const auto m =
      tl::confusion_matrix::of(tl::prediction_view<float>{outputs.data(), labels.data(), 2, 2, 1});
  CHECK(m.predicted(m.classes()) == 1);
  CHECK(m.recall(1) == 0.5);
  CHECK(m.precision(1) == 1);
  CHECK(m.accuracy() == 0.5);
  CHECK(m.str().find("(none)") != std::string::npos);
}

TEST_CASE("a target that is no class is refused", "[train][confusion][errors]") {
  tl::confusion_matrix m(3);
  CHECK_THROWS_WITH(m.add(3, 0), "confusion_matrix: target class 3 is outside 0 to 2");
  CHECK_THROWS_AS(m.add(-1, 0), tl::train_error);
  CHECK(m.total() == 0);
}
