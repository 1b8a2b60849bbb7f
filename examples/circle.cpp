// Points inside or outside a circle: a net with one hidden layer of eight units, 33 parameters.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <exception>
#include <filesystem>
#include <tapeless/host.hpp>
#include <vector>

namespace tl = tapeless;

namespace {

struct circle : tl::sequential<tl::input<2>, tl::dense<8>, tl::relu, tl::dense<1>, tl::sigmoid> {};
using trainer = tl::trainer<circle, tl::bce, tl::sgd, tl::batch<32>>;

/// 5000 points, uniform in the square from -1 to 1; the target is 1 within radius 0.5, else 0.
tl::dataset<float> points(std::uint32_t seed) {
  tl::dataset<float> data{{}, {}, 2, 1, {"outside", "inside"}};
  tl::mt19937 numpy(seed);
  for (int i = 0; i < 5000; ++i) {
    const double x = numpy.uniform(-1, 1), y = numpy.uniform(-1, 1);
    data.xs.insert(data.xs.end(), {static_cast<float>(x), static_cast<float>(y)});
    data.ys.push_back(x * x + y * y <= 0.5 * 0.5 ? 1.0f : 0.0f);
  }
  return data;
}

/// A trained net, and how it does on points it has not seen.
struct run {
  tl::train_test<float> data;
  trainer net;
  tl::history history = {};
  double accuracy = 0, loss = 0, milliseconds = 0;

  explicit run(std::uint32_t seed)
      : data{tl::train_test_split(points(seed), 0.2, 42)},
        net{tl::init<circle>({seed}), {.learning_rate = 0.1}} {
    history = tl::fit(net, data.train,
                      {.epochs = 50, .shuffle = false, .validation = &data.test, .table = nullptr});
    for (const tl::epoch_record& e : history.epochs) milliseconds += 1e3 * e.seconds;
    accuracy = tl::accuracy(net, data.test);
    loss = tl::mean_loss(net, data.test);
  }
};

/// One run in detail, with its pictures.
void show(std::uint32_t seed, const std::filesystem::path& folder) {
  const run r(seed);
  tl::text_table epochs{{{"epoch"}, {"train_loss"}, {"val_loss"}}};
  for (const tl::epoch_record& e : r.history.epochs)
    if (e.epoch == 1 || e.epoch % 10 == 0) epochs.add(e.epoch, e.train_loss, e.validation_loss);
  tl::text_table validation{
      {{"validation", tl::alignment::left}, {"value", tl::alignment::right, 6}}};
  validation.add("val_acc", r.accuracy);
  validation.add("val_loss", r.loss);
  fmt::print("{}\n{}\ntrained 50 epochs of {} points in {:.1f} ms\n", epochs.str(),
             validation.str(), r.data.train.size(), r.milliseconds);

  tl::boundary_options options{
      .x_label = "X1", .y_label = "X2", .class_names = {"outside", "inside"}};
  options.limits = {-1, 1, -1, 1};
  auto shown = tl::points_of(r.data.train);
  shown.resize(800);  // all 4000 would hide what is beneath
  for (const char* name : {"circle.png", "circle.svg"})
    tl::plot_decision_boundary(folder / name, "Decision boundary and training data",
                               tl::probability_of(r.net), shown, options);
  tl::plot_history(folder / "circle_loss.svg", "Loss over epochs", r.history);
  fmt::print("pictures: {0}/circle.png {0}/circle.svg {0}/circle_loss.svg\n", folder.string());
}

/// Many runs, each with data and first weights of its own.
void compare(std::uint32_t seeds) {
  tl::text_table table{{{"seed"}, {"val_acc"}, {"val_loss"}, {"ms", tl::alignment::right, 1}}};
  std::vector<double> accuracy, loss;
  for (std::uint32_t seed = 1; seed <= seeds; ++seed) {
    const run r(seed);
    table.add(seed, r.accuracy, r.loss, r.milliseconds);
    accuracy.push_back(r.accuracy);
    loss.push_back(r.loss);
  }
  const auto median = [](std::vector<double>& v) {
    std::ranges::sort(v);
    return (v[(v.size() - 1) / 2] + v[v.size() / 2]) / 2;
  };
  table.add("median", median(accuracy), median(loss));
  fmt::print("{}", table.str());
}

}  // namespace

int main(int argc, char** argv) {
  std::uint32_t seed = 1, seeds = 0;
  std::filesystem::path folder = ".";
  CLI::App app{"Learns which points of a square lie within a circle, and draws what it learned."};
  app.add_option("--seed", seed, "of the points and the first weights")->capture_default_str();
  app.add_option("--seeds", seeds, "train with seeds 1 to N and print a table")
      ->check(CLI::PositiveNumber);
  app.add_option("--output", folder, "folder for the pictures")->check(CLI::ExistingDirectory);
  CLI11_PARSE(app, argc, argv);
  try {
    seeds > 0 ? compare(seeds) : show(seed, folder);
  } catch (const std::exception& error) {
    fmt::print(stderr, "circle: {}\n", error.what());
    return 1;
  }
}
