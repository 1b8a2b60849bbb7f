// The next number of a chaotic series, and a forecast that runs freely: each forecast is read as if
// it had been measured. A gated recurrent unit beside the last value and a linear autoregression. The
// net is in forecast/net.hpp, the series, which is synthetic, in forecast/series.hpp.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <exception>
#include <tapeless/train/plot_curves.hpp>
#include <tapeless/train/table.hpp>

#include "forecast/net.hpp"

namespace tl = tapeless;
using namespace forecast;

namespace {

struct choice {
  int epochs = 60, training = 4000, test = 1000, order = 16;
  std::uint32_t seed = 1;
  std::filesystem::path output = ".";
};

/// A forecast of `count` numbers behind those that are known.
using forecaster = std::function<std::vector<double>(std::span<const double> known, int count)>;

/// Steps ahead for which errors are printed, and the length of a free forecast.
constexpr std::array<int, 4> ahead{1, 5, 14, 50};
constexpr int longest = ahead.back(), shown = 120;

/// Root mean square errors of free forecasts from starts all over the test, in deviations of the
/// series.
std::array<double, ahead.size()> errors(const forecaster& f, const std::vector<double>& test) {
  double mean = 0, variance = 0;
  for (const double x : test) mean += x / static_cast<double>(test.size());
  for (const double x : test) variance += (x - mean) * (x - mean) / static_cast<double>(test.size());
  std::array<double, ahead.size()> sums{};
  int starts = 0;
  for (std::size_t at = 100; at + longest <= test.size(); at += 5, ++starts) {
    const auto run = f(std::span(test).first(at), longest);
    for (std::size_t k = 0; k < ahead.size(); ++k) {
      const auto step = static_cast<std::size_t>(ahead[k] - 1);
      sums[k] += (run[step] - test[at + step]) * (run[step] - test[at + step]);
    }
  }
  for (double& s : sums) s = std::sqrt(s / starts / variance);
  return sums;
}

void run(const choice& c) {
  const auto series = mackey_glass(c.training + c.test, c.seed);
  const std::vector<double> known(series.begin(), series.begin() + c.training);
  const std::vector<double> test(series.begin() + c.training, series.end());
  fmt::print(
      "{} numbers of the Mackey-Glass equation for training, {} for the test, {} units apart\n"
      "the series is synthetic: the repository has no measured one\n\n",
      known.size(), test.size(), spacing);
  tl::text_table epochs{{{"epoch"},
                         {"loss", tl::alignment::right, 6, 8},
                         {"seconds", tl::alignment::right, 2}}};
  fmt::print("{}", epochs.header());
  std::vector<double> losses;
  const int every = std::max(1, c.epochs / 10);
  const auto weights =
      train(windows(known, 4), {c.epochs, c.seed, 0.01}, [&](const training::epoch& e) {
        losses.push_back(e.loss);
        if (e.number % every != 0 && e.number != c.epochs) return;
        epochs.add(e.number, e.loss, e.seconds);
        fmt::print("{}", epochs.row(epochs.rows() - 1));
        std::fflush(stdout);
      });

  const autoregression line(known, c.order);
  const forecaster last = [](std::span<const double> past, int count) {
    return std::vector<double>(static_cast<std::size_t>(count), past.back());
  };
  const forecaster linear = [&](std::span<const double> past, int count) {
    std::vector<double> all(past.begin(), past.end());
    for (int i = 0; i < count; ++i) {
      all.push_back(0);
      all.back() = line(&all.back());
    }
    return std::vector<double>(all.begin() + static_cast<std::ptrdiff_t>(past.size()), all.end());
  };
  const forecaster recurrent = [&](std::span<const double> past, int count) {
    return free_run(*weights, past, count);
  };
  tl::text_table table{{{"error, steps ahead", tl::alignment::left},
                        {"parameters"},
                        {"1"},
                        {"5"},
                        {"14"},
                        {"50"}}};
  const auto row = [&](const std::string& name, int count, const forecaster& f) {
    const auto e = errors(f, test);
    table.add(name, count, e[0], e[1], e[2], e[3]);
  };
  row("last value", 0, last);
  row(fmt::format("autoregression of {}", c.order), c.order + 1, linear);
  row("gru", parameters::scalar_count, recurrent);
  fmt::print("\nroot mean square, in deviations of the series\n{}\n", table.str());
  fmt::print("a step of the stream takes {:.0f} ns\n", nanoseconds(*weights, test));

  const auto past = std::span(test).first(test.size() - shown);
  const auto truth = std::span(test).last(shown);
  tl::plot_curves(c.output / "forecast.svg", "Free forecasts behind the last number that is known",
                  {{"series", {}, {truth.begin(), truth.end()}},
                   {"gru", {}, recurrent(past, shown)},
                   {"autoregression", {}, linear(past, shown), true}},
                  {.x_label = "steps ahead", .y_label = "x", .markers = false});
  tl::plot_curves(c.output / "forecast_loss.svg", "Loss over epochs", {{"training", {}, losses}},
                  {.x_label = "epoch", .y_label = "mean squared error", .y_scale = tl::axis_scale::log10});
  fmt::print("pictures: {0}/forecast.svg {0}/forecast_loss.svg\n", c.output.string());
}

}  // namespace

int main(int argc, char** argv) {
  choice c;
  bool quick = false;
  CLI::App app{"Learns to forecast a chaotic series, which is made by the example."};
  app.add_option("--epochs", c.epochs)->check(CLI::PositiveNumber)->capture_default_str();
  app.add_option("--training", c.training, "numbers for training")
      ->check(CLI::Range(300, 1000000))
      ->capture_default_str();
  app.add_option("--test", c.test, "numbers for the test")
      ->check(CLI::Range(300, 100000))
      ->capture_default_str();
  app.add_option("--order", c.order, "of the linear autoregression")
      ->check(CLI::Range(1, 100))
      ->capture_default_str();
  app.add_option("--seed", c.seed, "of the series, first weights and order")->capture_default_str();
  app.add_flag("--quick", quick, "1500 numbers for training, 400 for the test, 5 epochs");
  app.add_option("--output", c.output, "folder for the pictures")->check(CLI::ExistingDirectory);
  CLI11_PARSE(app, argc, argv);
  if (quick) c.epochs = 5, c.training = 1500, c.test = 400;
  try {
    run(c);
  } catch (const std::exception& error) {
    fmt::print(stderr, "forecast: {}\n", error.what());
    return 1;
  }
}
