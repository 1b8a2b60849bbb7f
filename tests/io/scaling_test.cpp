#include <tapeless/io/scaling.hpp>

#include "scratch.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <nlohmann/json.hpp>

namespace tl = tapeless;

TEST_CASE("a fixed affine takes one range to another", "[io][scaling]") {
  const tl::dataset<float> data{{0, 0.5f, 1, 0.25f}, {7, 8}, 2, 1, {}};
  const auto scaled = tl::normalize(data, 0.5, 0.5);
  CHECK(scaled.xs == std::vector<float>{-1, 0, 1, -0.5f});
  CHECK(scaled.ys == data.ys);
  CHECK_THROWS_WITH(tl::normalize(data, 0, 0),
                    "normalize: found deviation 0, expected a positive number");
}

TEST_CASE("standardizing is scikit-learn's, constant features included", "[io][scaling]") {
  const auto golden = nlohmann::json::parse(text_of(fixture("numpy_random.json")));
  tl::dataset<double> data{{}, {0, 0, 0}, 3, 1, {}};
  std::vector<double> expected;
  for (const auto& row : golden["standard_scaler"]["table"]) {
    for (const double x : row) data.xs.push_back(x);
  }
  for (const auto& row : golden["standard_scaler"]["scaled"]) {
    for (const double x : row) expected.push_back(x);
  }
  const auto transform = tl::standardize(data);
  CHECK(transform.deviation[2] == 1.0);
  const auto scaled = transform(data);
  for (std::size_t i = 0; i < expected.size(); ++i) {
    CHECK(scaled.xs[i] == Approx(expected[i]).margin(1e-15));
  }
}

TEST_CASE("the transform of one set applies to another", "[io][scaling]") {
  const tl::dataset<float> train{{0, 2}, {}, 1, 0, {}};
  const auto transform = tl::standardize(train);
  CHECK(transform.mean == std::vector<float>{1});
  CHECK(transform.deviation == std::vector<float>{1});
  CHECK(transform(tl::dataset<float>{{5, 1}, {}, 1, 0, {}}).xs == std::vector<float>{4, 0});
  CHECK_THROWS_WITH(transform(tl::dataset<float>{{5, 1}, {}, 2, 0, {}}),
                    "standardizer: found 2 features, expected 1");
  CHECK_THROWS_WITH(tl::standardize(tl::dataset<float>{}),
                    "standardize: found no samples, expected some");
}

TEST_CASE("targets are scaled, and predictions scaled back", "[io][scaling]") {
  const tl::dataset<double> train{{0, 0, 0, 0}, {10, 7, 30, 7, 20, 7, 20, 7}, 1, 2, {}};
  const auto scale = tl::standardize_targets(train);
  CHECK(scale.mean == std::vector<double>{20, 7});
  CHECK(scale.deviation[0] == Approx(std::sqrt(50.0)));
  CHECK(scale.deviation[1] == 1);  // constant
  auto scaled = scale(train);
  CHECK(scaled.xs == train.xs);
  CHECK(scaled.ys[0] == Approx(-10 / std::sqrt(50.0)));
  CHECK(scaled.ys[1] == 0);
  scale.invert(scaled.ys);
  for (std::size_t i = 0; i < train.ys.size(); ++i) CHECK(scaled.ys[i] == Approx(train.ys[i]));
  std::vector<double> one{1, 2};
  scale.invert(one);
  CHECK(one[0] == Approx(20 + std::sqrt(50.0)));
  CHECK(one[1] == 9);
  one.push_back(3);
  CHECK_THROWS_WITH(scale.invert(one),
                    "target_standardizer: found 3 values, expected rows of 2 targets");
  CHECK_THROWS_WITH(scale(tl::dataset<double>{{1}, {1}, 1, 1, {}}),
                    "target_standardizer: found 1 targets, expected 2");
  CHECK_THROWS_WITH(tl::standardize_targets(tl::dataset<double>{}),
                    "standardize_targets: found no targets, expected some");
  CHECK_THROWS_WITH(
      tl::standardize_targets(tl::dataset<double>{{1}, {std::nan("")}, 1, 1, {}}),
      "standardize_targets: sample 0, target 0 is nan, expected a finite number");
  // Inputs have a way back too.
  const auto inputs = tl::standardize(tl::dataset<double>{{0, 2}, {}, 1, 0, {}});
  std::vector<double> row{5};
  inputs.invert(row);
  CHECK(row[0] == 6);
}
