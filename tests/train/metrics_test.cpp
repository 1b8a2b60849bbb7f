#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <span>
#include <tapeless/train/metrics.hpp>
#include <vector>

namespace tl = tapeless;

namespace {

constexpr float not_a_number = std::numeric_limits<float>::quiet_NaN();

template <class T>
tl::prediction_view<T> view(const std::vector<T>& outputs, const std::vector<T>& targets,
                            int output_size, int target_size = 1) {
  return {outputs.data(), targets.data(), static_cast<int>(outputs.size()) / output_size,
          output_size, target_size};
}

}  // namespace

TEST_CASE("accuracy of classes compares the largest output", "[train][metrics]") {
  const std::vector<float> outputs{0.1f, 0.7f, 0.2f, -5, -9, -7, 1, 2, 3};
  const std::vector<float> labels{1, 0, 0}, one_hot{0, 1, 0, 1, 0, 0, 1, 0, 0};
  CHECK(tl::accuracy(view(outputs, labels, 3)) == Approx(2.0 / 3));
  CHECK(tl::logit_accuracy(view(outputs, labels, 3)) == Approx(2.0 / 3));
  CHECK(tl::accuracy(view(outputs, one_hot, 3, 3)) == Approx(2.0 / 3));
}

TEST_CASE("accuracy of one output cuts at a threshold", "[train][metrics]") {
  const std::vector<float> outputs{0.6f, 0.4f, -0.1f, 0.5f}, labels{1, 1, 0, 0};
  CHECK(tl::accuracy(view(outputs, labels, 1)) == 0.75);
  CHECK(tl::logit_accuracy(view(outputs, labels, 1)) == 0.75);
  CHECK(tl::accuracy_above(view(outputs, labels, 1), 0.3f) == 0.75);
  const tl::metric<float> named{"accuracy", tl::accuracy<float>};
  CHECK(named.value(view(outputs, labels, 1)) == 0.75);
  CHECK(tl::predicted_class<float>(std::span(outputs).last(1), 0.5f) == 0);
}

TEST_CASE("NaN is never right", "[train][metrics]") {
  CHECK(tl::accuracy(view<float>({not_a_number, 1, not_a_number}, {0, 1, 1}, 1)) ==
        Approx(1.0 / 3));
  CHECK(tl::accuracy(view<float>({not_a_number, 1, 2, 1}, {1, 0}, 2)) == 0.5);
  CHECK(tl::accuracy(view<float>({not_a_number}, {not_a_number}, 1)) == 0);
  CHECK(std::isnan(tl::accuracy(tl::prediction_view<float>{nullptr, nullptr, 0, 1, 1})));
}

TEST_CASE("regression scores match their definitions", "[train][metrics]") {
  // scikit-learn's example for r2_score: 0.9486081370449679, mean_absolute_error 0.5.
  const std::vector<double> outputs{2.5, 0.0, 2, 8}, targets{3, -0.5, 2, 7};
  const auto s = tl::regression(view(outputs, targets, 1));
  CHECK(s.r2 == Approx(0.9486081370449679));
  CHECK(s.mae == Approx(0.5));
  CHECK(s.rmse == Approx(std::sqrt(0.375)));
  CHECK(tl::mae_score(view(outputs, targets, 1)) == s.mae);
  CHECK(tl::rmse_score(view(outputs, targets, 1)) == s.rmse);
  CHECK(tl::r2_score(view(outputs, targets, 1)) == s.r2);
}

TEST_CASE("R2 averages over the outputs", "[train][metrics]") {
  // scikit-learn's example with two outputs, uniform average: 0.9368005266622779.
  const std::vector<double> targets{0.5, 1, -1, 1, 7, -6}, outputs{0, 2, -1, 2, 8, -5};
  CHECK(tl::r2_score(view(outputs, targets, 2, 2)) == Approx(0.9368005266622779));
  CHECK(tl::mae_score(view(outputs, targets, 2, 2)) == Approx(0.75));
}

TEST_CASE("R2 of a constant target and of nothing", "[train][metrics]") {
  CHECK(tl::r2_score(view<double>({2, 2}, {2, 2}, 1)) == 1);
  CHECK(tl::r2_score(view<double>({2, 3}, {2, 2}, 1)) == 0);
  CHECK(std::isnan(tl::r2_score(view<double>({2, double(not_a_number)}, {2, 2}, 1))));
  CHECK(std::isnan(tl::regression(tl::prediction_view<double>{nullptr, nullptr, 0, 1, 1}).mae));
}
