// What fit, evaluation, metrics and preparations refuse instead of training on: labels that are no
// class, values that are no numbers, losses and weights that become such.

#include <catch2/catch.hpp>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <limits>
#include <string>
#include <tapeless/io/scaling.hpp>
#include <tapeless/tapeless.hpp>
#include <tapeless/train/confusion_matrix.hpp>
#include <tapeless/train/fit.hpp>
#include <vector>

#include "linear_trainer.hpp"
#include "scratch.hpp"

namespace tl = tapeless;
using Catch::Matchers::Contains;

namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN(),
                 infinity = std::numeric_limits<double>::infinity();

struct scores : tl::sequential<tl::input<2>, tl::dense<4>, tl::tanh, tl::dense<3>> {};
using classifier =
    tl::trainer<scores, tl::cross_entropy, tl::sgd, tl::batch<4>, tl::scalar_type<double>>;
using ignoring = tl::trainer<scores, tl::ignore_index<tl::cross_entropy, -100>, tl::sgd,
                             tl::batch<4>, tl::scalar_type<double>>;

using weighing =
    tl::trainer<scores, tl::sample_weights<tl::class_weights<tl::cross_entropy, 1, 2.0, 0.5>>,
                tl::sgd, tl::batch<4>, tl::scalar_type<double>>;

/// y = log(w x + b) w' + b', whose logarithm is of a negative number where x is far from the data.
struct logarithm : tl::network<logarithm> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", {1});
    const tl::value h = g.parameter("inner.weight", {1}) * x;
    return g.parameter("outer.weight", {1}) * tl::math::log(h);
  }
};
using regressor = tl::trainer<logarithm, tl::mse, tl::sgd, tl::batch<2>, tl::scalar_type<double>>;

regressor positive() {
  tl::parameters<logarithm, double> theta;
  theta.view<"inner.weight">()(0) = theta.view<"outer.weight">()(0) = 1;
  return regressor{theta, {.learning_rate = 1e-3}};
}

tl::dataset<double> classes(std::vector<double> labels) {
  tl::dataset<double> data;
  data.inputs = 2, data.targets = 1;
  for (std::size_t i = 0; i < 2 * labels.size(); ++i) data.xs.push_back(std::sin(double(i)));
  data.ys = std::move(labels);
  return data;
}
tl::dataset<double> values(std::vector<double> xs) {
  tl::dataset<double> data;
  data.inputs = data.targets = 1;
  data.ys.assign(xs.size(), 0.5);
  data.xs = std::move(xs);
  return data;
}

tl::fit_options<double> quiet() {
  return {.epochs = 3, .shuffle = false, .progress = tl::show::never, .table = nullptr};
}

template <class T>
tl::prediction_view<T> view(const std::vector<T>& outputs, const std::vector<T>& targets,
                            int output_size, int target_size) {
  return {outputs.data(), targets.data(), static_cast<int>(outputs.size()) / output_size,
          output_size, target_size};
}

}  // namespace

TEST_CASE("labels that are no class are refused with row, value and classes", "[train][labels]") {
  classifier t{tl::seed{1}};
  const auto good = classes({0, 1, 2, 0, 1});
  for (const auto& [label, text] : {std::pair{3.0, "3"},
                                    {-1.0, "-1"},
                                    {1.5, "1.5"},
                                    {none, "nan"},
                                    {-100.0, "-100"},
                                    {infinity, "inf"}}) {
    const auto bad = classes({0, 1, 2, label, 1});
    const std::string end =
        std::string("has target ") + text + ", which is none of the 3 classes 0 to 2";
    CHECK_THROWS_WITH(tl::fit(t, bad, quiet()), Contains("fit: row 3 of the training set " + end));
    auto o = quiet();
    o.validation = &bad;
    CHECK_THROWS_WITH(tl::fit(t, good, o), Contains("fit: row 3 of the validation set " + end));
    CHECK_THROWS_WITH(tl::mean_loss(t, bad), Contains("mean_loss: row 3 of the data set " + end));
    CHECK_THROWS_WITH(tl::accuracy(t, bad), Contains(end));
  }
  CHECK_THROWS_WITH(tl::fit(t, classes({1, 2, 3}), quiet()), Contains("; labels count from 0"));
  CHECK(t.steps() == 0);
}

TEST_CASE("ignored samples count in no loss and no metric", "[train][labels]") {
  ignoring t{tl::seed{1}};
  classifier plain{tl::seed{1}};
  const auto some = classes({-100, 1, -100, -100, -100, -100, -100, -100, 2, 0});
  auto counted = classes({1, 2, 0});
  for (const auto& [to, from] : {std::pair{0u, 1u}, {1u, 8u}, {2u, 9u}})
    std::ranges::copy(some.row(from), counted.row(to).begin());
  CHECK(tl::mean_loss(t, some) == Approx(tl::mean_loss(plain, counted)));
  CHECK(tl::accuracy(t, some) == tl::accuracy(plain, counted));
  CHECK(tl::confusion_matrix::of(tl::predict_all(t, some).view()).total() == 3);
  auto o = quiet();
  o.validation = &some;
  const auto h = tl::fit(t, some, o);  // its second batch has no sample that counts
  CHECK(std::isfinite(h.back().train_loss));
  CHECK(std::isfinite(h.back().batch_mean_loss));
  CHECK(h.back().validation_loss == Approx(tl::mean_loss(t, some)));
  CHECK_THROWS_AS(tl::fit(t, classes({0, 1, -1}), quiet()), tl::train_error);
}

TEST_CASE("metrics for numbers refuse classes, and the reverse", "[train][labels]") {
  const std::vector<double> three{0.1, 0.7, 0.2, 1, 2, 3}, label{1, 2};
  CHECK_THROWS_WITH(tl::mae_score(view(three, label, 3, 1)),
                    Contains("3 outputs have 1 target a row, which is the index of a class"));
  CHECK_THROWS_AS(tl::rmse_score(view(three, label, 3, 1)), tl::train_error);
  CHECK_THROWS_AS(tl::r2_score(view(three, label, 3, 1)), tl::train_error);
  CHECK_THROWS_AS(tl::mae_score(view(label, three, 1, 3)), tl::train_error);
  const std::vector<double> numbers{0.5, 7, -3, 1, 2, 3}, one{0.2, 0.9}, height{1.75, 1.6};
  CHECK_THROWS_WITH(tl::accuracy(view(three, numbers, 3, 3)),
                    Contains("the targets of row 0 are no class"));
  CHECK_THROWS_WITH(tl::accuracy(view(one, height, 1, 1)),
                    Contains("row 0 has target 1.75, which is none of the 2 classes 0 to 1"));
  CHECK_THROWS_AS(tl::logit_accuracy(view(one, {-1, 1}, 1, 1)), tl::train_error);
  CHECK_THROWS_AS(tl::accuracy(view(three, {1, 3}, 3, 1)), tl::train_error);
  CHECK_THROWS_AS(tl::accuracy(view(three, {1, 0, 0, 1}, 3, 2)), tl::train_error);
  CHECK_THROWS_AS(tl::confusion_matrix::of(view(three, {1, 1.5}, 3, 1)), tl::train_error);
  CHECK(tl::accuracy(view(three, {0.1, 0.8, 0.1, 1, 0, 0}, 3, 3)) == 0.5);
  classifier t{tl::seed{1}};
  auto o = quiet();
  o.metrics = {{"mae", tl::mae_score<double>}};
  CHECK_THROWS_AS(tl::fit(t, classes({0, 1, 2}), o), tl::train_error);
}

TEST_CASE("a metric of another kind is refused before anything runs", "[train][metrics]") {
  const scratch_folder folder;
  const auto refused = [&](auto t, const auto& data, tl::metric<double> m, const char* why) {
    auto o = quiet();
    o.metrics = {{"r2", [](const auto&) { return 0.0; }}, m};
    o.csv = folder / "log.csv";
    const auto before = t.parameters();
    CHECK_THROWS_WITH(tl::fit(t, data, o), Contains("fit: metric 'm': ") && Contains(why));
    CHECK(t.steps() == 0);
    CHECK(std::memcmp(&before, &t.parameters(), sizeof before) == 0);
    CHECK_FALSE(std::filesystem::exists(o.csv));
  };
  const classifier c{tl::seed{1}};
  refused(c, classes({0, 1, 2}), {"m", tl::mae_score<double>}, "the index of a class");
  refused(c, classes({0, 1, 2}), {"m", tl::r2_score<double>}, "the index of a class");
  auto heights = values({1, 2, 3, 4});
  heights.ys = {1, 2, 3.5, 4};
  refused(positive(), heights, {"m", tl::accuracy<double>}, "none of the 2 classes");
  refused(positive(), heights, {"m", tl::logit_accuracy<double>}, "none of the 2 classes");
  refused(positive(), heights,
          {"m", [](const tl::prediction_view<double>& p) { return tl::accuracy_above(p, 0.3); }},
          "none of the 2 classes");
  // On the validation set where there is one.
  auto t = positive();
  auto o = quiet();
  auto bits = values({1, 2, 3, 4});
  bits.ys = {1, 0, 1, 0};
  auto wrong = heights;
  wrong.ys = {0.5, 1, 1, 1};
  o.metrics = {{"accuracy", tl::accuracy<double>}};
  o.validation = &wrong;
  CHECK_THROWS_AS(tl::fit(t, bits, o), tl::train_error);
  CHECK(t.steps() == 0);
}

TEST_CASE("fit stops where a loss is not finite, as it was before the batch", "[train][nan]") {
  const auto data = values({1, 2, 3, 4, 5, -6, 7, 8});  // the logarithm of -6
  auto t = positive(), wanted = positive();
  wanted.step(data.xs.data(), data.ys.data());
  wanted.step(data.xs.data() + 2, data.ys.data() + 2);
  try {
    tl::fit(t, data, quiet());
    FAIL("fit went on");
  } catch (const tl::not_finite_error& e) {
    CHECK(e.epoch == 1);
    CHECK(e.batch == 3);
    CHECK(e.past.empty());
    CHECK_THAT(e.what(),
               Contains("fit: epoch 1, batch 3: the loss is nan, row 1: 'log' after layer "
                        "'inner' is not finite"));
  }
  CHECK(t.steps() == 2);
  for (int i = 0; i < 2; ++i) CHECK(t.parameters().get(i, 0) == wanted.parameters().get(i, 0));

  auto o = quiet();
  o.not_finite = tl::on_not_finite::go_on;
  CHECK(std::isnan(tl::fit(t, data, o).back().train_loss));
  CHECK(std::isnan(t.parameters().data[0]));
}

TEST_CASE("fit stops where an update is not finite though the losses are", "[train][nan]") {
  // A step this long throws the weights beyond the largest number, after a loss that is finite.
  const auto data = values({1, 2, 3, 4});
  auto t = positive();
  auto o = quiet();
  o.stop_early = tl::early_stopping_options{.patience = 5};
  o.step_learning_rate = [](long step) { return step == 5 ? 1e308 : 1e-3; };
  o.epochs = 9;
  try {
    tl::fit(t, data, o);
    FAIL("fit went on");
  } catch (const tl::not_finite_error& e) {
    CHECK(e.epoch == 3);
    CHECK(e.batch == 2);
    CHECK(e.past.epochs.size() == 2);
    CHECK_THAT(e.where, Contains("the update is not finite, element 0 of parameter '"));
  }
  CHECK(t.steps() == 5);
  CHECK(tl::has_finite_parameters(t));

  auto again = positive();  // early stopping keeps no weights that are not finite
  o.not_finite = tl::on_not_finite::go_on;
  o.epochs = 3;
  CHECK(tl::fit(again, data, o).best_epoch == 2);
  CHECK(tl::has_finite_parameters(again));
}

TEST_CASE("the epoch that went wrong is repeated with its own learning rate", "[train][nan]") {
  const auto data = values({1, 2, 3, 4});
  auto t = positive();
  auto o = quiet();
  o.epoch_learning_rate = [](int epoch) { return epoch == 1 ? 1e308 : 1e-3; };
  o.epochs = 9;
  try {
    tl::fit(t, data, o);
    FAIL("fit went on");
  } catch (const tl::not_finite_error& e) {
    CHECK(e.epoch == 2);
    CHECK(e.batch == 2);  // its first update is of 1e307, its second loss of infinity
    CHECK(e.past.epochs.size() == 1);
    CHECK_THAT(e.where, Contains("the loss is inf, row 0: layer 'outer'"));
  }
  CHECK(tl::has_finite_parameters(t));
}

TEST_CASE("a trainer of one's own stops too", "[train][nan]") {
  const auto data = fixture::line_data(16);
  fixture::linear_trainer<1, 8> t;
  auto o = quiet();
  o.epochs = 400;
  t.options().learning_rate = 1e3;
  CHECK_THROWS_AS(tl::fit(t, data, o), tl::not_finite_error);
  CHECK(std::isfinite(t.parameters()[0]));
}

TEST_CASE("values that are no numbers are named with row and column", "[train][nan]") {
  auto data = classes({0, 1, 2});
  data.xs[3] = none;
  const std::string input = "sample 1, input 1 is nan, expected a finite number";
  classifier t{tl::seed{1}};
  CHECK_THROWS_WITH(tl::fit(t, data, quiet()), "fit: the training set: " + input);
  CHECK_THROWS_WITH(tl::standardize(data), "standardize: " + input);
  CHECK_THROWS_WITH(tl::normalize(data, 0, 1), "normalize: " + input);
  const auto fine = tl::standardize(classes({0, 1, 2}));
  CHECK_THROWS_WITH(fine(data), "standardizer: " + input);
  data.xs[3] = -infinity;
  CHECK_THROWS_WITH(tl::standardize(data), Contains("sample 1, input 1 is -inf"));
  auto target = values({1, 2, 3});
  target.ys[2] = none;
  auto r = positive();
  CHECK_THROWS_WITH(tl::fit(r, target, quiet()), Contains("sample 2, target 0 is nan"));
  CHECK_NOTHROW(tl::standardize(target));

  tl::csv_table table{{"age", "height", "ill"}, {1, 2, 0, 3, none, 1}, 2, 3};
  CHECK_THROWS_WITH(tl::dataset_from<float>(table),
                    Contains("dataset_from: row 2, column 2 (height) is nan"));
  table.header.clear();
  CHECK_THROWS_WITH(tl::dataset_from<float>(table), Contains("row 2, column 2 is nan"));
}

TEST_CASE("options of fit that say nothing are refused", "[train][errors]") {
  auto t = positive();
  const auto data = values({1, 2});
  const auto refuses = [&](const tl::fit_options<double>& o, const std::string& why) {
    CHECK_THROWS_WITH(tl::fit(t, data, o), Contains(why));
  };
  auto o = quiet();
  o.checkpoint_every = 3;
  refuses(o, "fit: checkpoint_every is 3, but there is no checkpoint to write");
  o = quiet();
  o.metrics = {{"mae", tl::mae_score<double>}, {"mae", tl::r2_score<double>}};
  refuses(o, "fit: two metrics are named 'mae'");
  o = quiet();
  o.metrics = {{"seconds", tl::mae_score<double>}};
  refuses(o, "fit: a metric is named 'seconds', as a column of the history is already");
  o.metrics = {{"", tl::mae_score<double>}};
  refuses(o, "fit: a metric has no name");
  o = quiet();
  o.stop_early = tl::early_stopping_options{.min_delta = -1};
  refuses(o, "the min_delta of early stopping is -1");
  o.stop_early = tl::early_stopping_options{.min_delta = none};
  refuses(o, "the min_delta of early stopping is nan");
  o = quiet();
  o.csv = o.checkpoint = "run";
  refuses(o, "fit: csv and the checkpoint are both 'run'");
}

TEST_CASE("weights of samples stand behind the labels", "[train][fit]") {
  auto data = classes({0, 1, 2, 2, 1, 0, 1});
  const auto plain = data;
  data.targets = 2;
  data.ys.clear();
  double weighted = 0, shares = 0;
  weighing t{tl::seed{1}};
  const classifier one{t.parameters()};
  constexpr double of_class[] = {1, 2, 0.5};
  for (std::size_t i = 0; i < plain.size(); ++i) {
    const double w = 0.25 * static_cast<double>(i + 1), c = of_class[static_cast<int>(plain.ys[i])];
    data.ys.insert(data.ys.end(), {plain.ys[i], w});
    weighted += w * c * one.loss(plain.row(i).data(), plain.target(i).data(), 1);
    shares += c;
  }
  CHECK(tl::mean_loss(t, data) == Approx(weighted / shares));
  // Metrics see labels alone.
  CHECK(tl::accuracy(t, data) == tl::accuracy(one, plain));
  auto h = tl::fit(t, data, {.epochs = 3, .metrics = {{"accuracy", tl::accuracy<double>}},
                             .progress = tl::show::never, .table = nullptr});
  CHECK(h.epochs.back().train_loss < h.epochs.front().train_loss);
  data.ys[4] = 3;
  CHECK_THROWS_WITH(tl::mean_loss(t, data), Contains("row 2") && Contains("target 3"));
}
