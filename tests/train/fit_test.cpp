#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <limits>
#include <string>
#include <tapeless/optimizers/schedule.hpp>
#include <tapeless/train/fit.hpp>

#include "linear_trainer.hpp"
#include "scratch.hpp"

namespace tl = tapeless;
using Catch::Matchers::Contains;
using fixture::line_data;
using trainer = fixture::linear_trainer<1, 8>;

static_assert(tl::trainable<trainer>);
static_assert(!tl::trainable<int>);

namespace {

tl::fit_options<double> quiet() {
  return {.epochs = 5, .progress = tl::show::never, .table = nullptr};
}

}  // namespace

TEST_CASE("fit lowers the loss and records every epoch", "[train][fit]") {
  const auto train = line_data(43), validation = line_data(17);
  trainer t;
  auto options = quiet();
  options.epochs = 60;
  options.validation = &validation;
  options.metrics = {{"mae", tl::mae_score<double>}, {"r2", tl::r2_score<double>}};
  const tl::history h = tl::fit(t, train, options);

  REQUIRE(h.epochs.size() == 60);
  CHECK(h.epochs.front().epoch == 1);
  CHECK(h.back().epoch == 60);
  CHECK(h.back().train_loss < 0.1 * h.epochs.front().train_loss);
  CHECK(h.back().validation_loss == Approx(tl::mean_loss(t, validation)));
  CHECK(h.back().learning_rate == 0.05);
  CHECK(h.back().seconds >= 0);
  CHECK(h.metric("r2").back() > 0.99);
  CHECK(h.metric("r2").size() == 60);
  CHECK(h.metric("unknown").empty());
  CHECK(h.column(&tl::epoch_record::epoch).at(3) == 4);
  CHECK(t.full_steps == 60 * (43 / 8));
  CHECK(t.parameters()[0] == Approx(3).margin(0.2));
}

TEST_CASE("the two epoch losses differ by the weight of the last batch", "[train][fit]") {
  const auto train = line_data(10);
  trainer t;
  t.options().learning_rate = 0;
  auto options = quiet();
  options.epochs = 1;
  options.shuffle = false;
  const auto h = tl::fit(t, train, options);
  const double first = t.loss(train.xs.data(), train.ys.data(), 8),
               second = t.loss(train.xs.data() + 8, train.ys.data() + 8, 2);
  CHECK(h.back().batch_mean_loss == Approx((first + second) / 2));
  CHECK(h.back().train_loss == Approx((8 * first + 2 * second) / 10));
  CHECK(h.back().train_loss == Approx(tl::mean_loss(t, train)));
  CHECK(std::isnan(h.back().validation_loss));
}

TEST_CASE("the same seed gives the same weights, another seed others", "[train][fit]") {
  const auto train = line_data(43);
  const auto run = [&](std::uint32_t seed, bool shuffle) {
    trainer t;
    auto options = quiet();
    options.seed = seed;
    options.shuffle = shuffle;
    tl::fit(t, train, options);
    return t.parameters();
  };
  CHECK(run(1, true) == run(1, true));
  CHECK(run(1, true) != run(2, true));
  CHECK(run(1, false) == run(2, false));
  CHECK(run(1, false) != run(1, true));
}

TEST_CASE("two epochs and three resumed ones equal five, bit by bit", "[train][fit]") {
  const auto train = line_data(43), validation = line_data(9);
  scratch_folder folder;
  auto options = quiet();
  options.validation = &validation;
  options.step_learning_rate = [](long step) { return 0.05 / (1.0 + 0.1 * double(step)); };
  options.stop_early = tl::early_stopping_options{.patience = 50};

  trainer whole;
  const auto all = tl::fit(whole, train, options);

  trainer broken;
  options.epochs = 2;
  options.checkpoint = folder / "run.tlc";
  options.csv = folder / "run.csv";
  tl::fit(broken, train, options);

  trainer resumed;
  resumed.options().learning_rate = 123;
  options.epochs = 5;
  options.seed = 99;  // the checkpoint's seed counts
  options.resume = options.checkpoint;
  const auto rest = tl::fit(resumed, train, options);

  REQUIRE(rest.epochs.size() == 3);
  CHECK(rest.epochs.front().epoch == 3);
  CHECK(rest.back().train_loss == all.back().train_loss);
  CHECK(rest.back().learning_rate == all.back().learning_rate);
  CHECK(rest.best_epoch == all.best_epoch);
  REQUIRE(whole.state().size() == resumed.state().size());
  CHECK(std::memcmp(whole.state().data(), resumed.state().data(), whole.state().size()) == 0);

  std::ifstream csv(folder / "run.csv");
  std::string line;
  int lines = 0, headers = 0;
  while (std::getline(csv, line)) ++lines, headers += line.starts_with("epoch,");
  CHECK(lines == 6);
  CHECK(headers == 1);

  trainer another;  // a run of its own, whose lines would mix with those of this one
  auto again = quiet();
  again.csv = options.csv;
  CHECK_THROWS_WITH(tl::fit(another, train, again), Contains("this log holds a run already"));

  trainer done;  // nothing is left to do
  CHECK(tl::fit(done, train, options).empty());
  CHECK(done.parameters() == resumed.parameters());
}

TEST_CASE("a learning rate set by a callback survives a resumption", "[train][fit]") {
  const auto train = line_data(43);
  scratch_folder folder;
  trainer whole, broken, resumed;
  const auto halve = [](trainer& t) {
    return [&t](const tl::epoch_record&) { return t.options().learning_rate *= 0.5, true; };
  };
  auto options = quiet();
  options.on_epoch = halve(whole);
  tl::fit(whole, train, options);
  options.epochs = 3;
  options.checkpoint = folder / "c";
  options.on_epoch = halve(broken);
  tl::fit(broken, train, options);
  options.epochs = 5;
  options.resume = folder / "c";
  options.on_epoch = halve(resumed);
  CHECK(tl::fit(resumed, train, options).back().learning_rate == 0.05 / 16);
  CHECK(resumed.parameters() == whole.parameters());
}

TEST_CASE("checkpoints come every so many epochs and at the end", "[train][fit]") {
  const auto train = line_data(16);
  scratch_folder folder;
  auto options = quiet();
  options.checkpoint = folder / "c";
  options.checkpoint_every = 2;
  std::vector<bool> seen;
  options.on_epoch = [&](const tl::epoch_record&) {
    seen.push_back(std::filesystem::exists(folder / "c"));
    return true;
  };
  trainer t;
  tl::fit(t, train, options);
  CHECK(seen == std::vector<bool>{false, false, true, true, true});
  trainer back;
  CHECK(tl::load_checkpoint(folder / "c", back).epoch == 5);
}

TEST_CASE("learning-rate schedules count from zero", "[train][fit]") {
  const auto train = line_data(20);
  trainer t;
  auto options = quiet();
  options.epochs = 3;
  options.epoch_learning_rate = [](int epoch) { return 0.1 / (epoch + 1); };
  CHECK(tl::fit(t, train, options).column(&tl::epoch_record::learning_rate) ==
        std::vector<double>{0.1, 0.1 / 2, 0.1 / 3});

  options.epoch_learning_rate = tl::step_schedule{.rate = 0.1, .every = 2, .gamma = 0.5};
  CHECK(tl::fit(t, train, options).column(&tl::epoch_record::learning_rate) ==
        std::vector<double>{0.1, 0.1, 0.05});

  std::vector<long> steps;
  options.epoch_learning_rate = {};
  options.step_learning_rate = [&](long step) { return steps.push_back(step), 0.01; };
  tl::fit(t, train, options);
  CHECK(steps == std::vector<long>{0, 1, 2, 3, 4, 5, 6, 7, 8});
}

TEST_CASE("early stopping ends the run with the best weights", "[train][fit]") {
  const auto train = line_data(40), validation = line_data(10);
  trainer t;
  auto options = quiet();
  options.epochs = 50;
  options.validation = &validation;
  options.stop_early = tl::early_stopping_options{.patience = 3};
  // Diverges on purpose after the fourth epoch.
  options.epoch_learning_rate = [](int epoch) { return epoch < 4 ? 0.02 : 3.0; };
  std::vector<trainer::weights> weights;
  options.on_epoch = [&](const tl::epoch_record&) {
    weights.push_back(t.parameters());
    return true;
  };
  const auto h = tl::fit(t, train, options);
  CHECK(h.stopped_early);
  CHECK(h.best_epoch == 4);
  CHECK(h.epochs.size() == 7);
  CHECK(t.parameters() == weights[3]);
}

TEST_CASE("a callback can end the run", "[train][fit]") {
  const auto train = line_data(8);
  trainer t;
  auto options = quiet();
  options.on_epoch = [](const tl::epoch_record& r) { return r.epoch < 2; };
  const auto h = tl::fit(t, train, options);
  CHECK(h.epochs.size() == 2);
  CHECK_FALSE(h.stopped_early);
}

TEST_CASE("a callback sees the weights after each step", "[train][fit]") {
  const auto train = line_data(20);
  trainer t;
  auto options = quiet();
  options.epochs = 2;
  std::vector<long> steps;
  std::vector<trainer::weights> weights;
  options.on_step = [&](long step) {
    steps.push_back(step);
    weights.push_back(t.parameters());
  };
  tl::fit(t, train, options);
  CHECK(steps == std::vector<long>{0, 1, 2, 3, 4, 5});
  CHECK(weights[0] != weights[1]);
  CHECK(weights.back() == t.parameters());
}

TEST_CASE("fit prints a table where it is told to", "[train][fit]") {
  const auto train = line_data(8);
  scratch_folder folder;
  trainer t;
  auto options = quiet();
  options.epochs = 2;
  options.validation = &train;
  options.metrics = {{"r2", tl::r2_score<double>}};
  options.table_seconds = false;
  options.table = std::fopen((folder / "t").c_str(), "w");
  REQUIRE(options.table != nullptr);
  tl::fit(t, train, options);
  std::fclose(options.table);
  const std::string text = read_text(folder / "t");
  CHECK_THAT(text, Contains("epoch    train loss  validation loss          r2  learning rate\n"
                            "-----  ------------  ---------------  ----------  -------------\n"));
  CHECK(std::count(text.begin(), text.end(), '\n') == 4);
}

TEST_CASE("fit refuses what makes no sense, and says why", "[train][fit][errors]") {
  const auto train = line_data(8);
  tl::dataset<double> empty, wide;
  empty.inputs = empty.targets = 1;
  wide.inputs = 2;
  wide.targets = 1;
  wide.xs = {1, 2};
  wide.ys = {1};
  trainer t;
  const auto refuses = [&](const auto& data, const tl::fit_options<double>& o,
                           const std::string& why) {
    CHECK_THROWS_WITH(tl::fit(t, data, o), Contains(why));
  };
  auto o = quiet();
  refuses(empty, o, "fit: the training set is empty");
  refuses(wide, o, "the training set has 2 inputs and 1 targets a row, the network takes 1 and 1");
  o.validation = &empty;
  refuses(train, o, "fit: the validation set is empty");
  o = quiet();
  o.epochs = 0;
  refuses(train, o, "epochs is 0, at least 1 is needed");
  o = quiet();
  o.checkpoint_every = 0;
  refuses(train, o, "checkpoint_every is 0, at least 1 is needed");
  o = quiet();
  o.epoch_learning_rate = [](int) { return 1.0; };
  o.step_learning_rate = [](long) { return 1.0; };
  refuses(train, o, "both epoch_learning_rate and step_learning_rate are set");
  o = quiet();
  o.stop_early = tl::early_stopping_options{.patience = -1};
  refuses(train, o, "the patience of early stopping is -1");
  o = quiet();
  o.metrics = {{"nothing", {}}};
  refuses(train, o, "metric 'nothing' has no function");
  o = quiet();
  o.checkpoint = "/no/such/folder/run";
  refuses(train, o, "/no/such/folder/run: the folder of the checkpoint does not exist");
  o = quiet();
  o.resume = "/no/such/file";
  refuses(train, o, "/no/such/file: cannot be opened for reading: No such file or directory");
  o = quiet();
  o.csv = "/no/such/folder/log.csv";
  refuses(train, o, "/no/such/folder/log.csv: cannot be opened: No such file or directory");
  CHECK(t.parameters() == trainer{}.parameters());
}
