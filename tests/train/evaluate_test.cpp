#include <catch2/catch.hpp>
#include <cstddef>
#include <tapeless/train/evaluate.hpp>
#include <vector>

#include "linear_trainer.hpp"

namespace tl = tapeless;
using fixture::line_data;
using trainer = fixture::linear_trainer<1, 8>;

TEST_CASE("mean loss weights the smaller last batch by its size", "[train][evaluate]") {
  const auto data = line_data(19);
  trainer t;
  t.parameters() = {2.5, 1.25};
  CHECK(tl::mean_loss(t, data) == Approx(t.loss(data.xs.data(), data.ys.data(), 19)));
}

TEST_CASE("predictions cover every row in order", "[train][evaluate]") {
  const auto data = line_data(19);
  trainer t;
  t.parameters() = {3, 1};
  const auto p = tl::predict_all(t, data);
  REQUIRE(p.outputs.size() == 19);
  for (std::size_t i = 0; i < 19; ++i) CHECK(p.outputs[i] == Approx(3 * data.xs[i] + 1));
  CHECK(tl::regression(t, data).r2 == tl::r2_score(p.view()));
  CHECK(
      tl::metric_values(t, data, {{"mae", tl::mae_score<double>}, {"r2", tl::r2_score<double>}}) ==
      std::vector<double>{tl::mae_score(p.view()), tl::r2_score(p.view())});
  CHECK(tl::metric_values(t, data, {}).empty());
}

TEST_CASE("predictions of any callable", "[train][evaluate]") {
  tl::dataset<float> data;
  data.inputs = 2;
  data.targets = 1;
  data.xs = {1, 2, 4, 3};
  data.ys = {1, 0};
  const auto larger = [](const float* x, float* y) { *y = x[1] > x[0] ? 1.0f : 0.0f; };
  CHECK(tl::accuracy(tl::predict_all(larger, data, 1).view()) == 1);
}

TEST_CASE("accuracy of a trainer", "[train][evaluate]") {
  tl::dataset<double> data;
  data.inputs = data.targets = 1;
  data.xs = {-2, -1, 1, 2};
  data.ys = {0, 1, 1, 1};
  fixture::linear_trainer<1, 3, double, true> logistic;
  logistic.parameters() = {1, 0};
  CHECK(tl::accuracy(logistic, data) == 0.75);
  trainer linear;
  linear.parameters() = {1, 0};
  CHECK(tl::logit_accuracy(linear, data) == 0.75);
}

TEST_CASE("a set that is empty or does not fit is refused", "[train][evaluate][errors]") {
  trainer t;
  tl::dataset<double> data;
  data.inputs = data.targets = 1;
  CHECK_THROWS_WITH(tl::mean_loss(t, data), "mean_loss: the data set is empty");
  CHECK_THROWS_WITH(tl::predict_all(t, data), "predict_all: the data set is empty");
  data.xs = {1, 2};
  data.ys = {1};
  CHECK_THROWS_WITH(
      tl::mean_loss(t, data),
      "mean_loss: the data set has 2 rows of inputs, but 2 input and 1 target values");
  data.targets = 3;
  CHECK_THROWS_WITH(tl::mean_loss(t, data),
                    "mean_loss: the data set has 1 inputs and 3 targets a row, the network takes 1 "
                    "and 1");
}
