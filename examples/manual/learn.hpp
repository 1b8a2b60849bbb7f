#pragma once
// What the examples that learn the manual share: their options, the text and the epochs.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <tapeless/io/file.hpp>
#include <tapeless/train/plot_curves.hpp>
#include <tapeless/train/progress.hpp>
#include <tapeless/train/table.hpp>

#include "manual/text.hpp"

namespace manual {

namespace tl = tapeless;

struct choice {
  std::filesystem::path pages, output = ".";
  std::string beginning = "The network ";
  bool quick = false;
  int epochs = 0, count = 600;
  double temperature = 0.5;
  std::uint32_t seed = 1;

  void add_to(CLI::App& app) {
    app.add_option("--pages", pages, "folder of *.md; docs/ of the repository unless said")
        ->check(CLI::ExistingDirectory);
    app.add_flag("--quick", quick, "half a pass; the text goes to its file alone");
    app.add_option("--epochs", epochs, "passes over the pages, 16 unless said")
        ->check(CLI::PositiveNumber);
    app.add_option("--beginning", beginning, "what the text begins with")->capture_default_str();
    app.add_option("--characters", count, "to write")->check(CLI::PositiveNumber);
    app.add_option("--temperature", temperature, "below 1 prefers likely characters")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    app.add_option("--seed", seed, "of first weights, order and text")->capture_default_str();
    app.add_option("--output", output, "folder for weights, picture and text")
        ->check(CLI::ExistingDirectory);
  }
};

/// The pages: nine tenths are learnt, the others are the test.
struct reading {
  std::string all, learnt, other;
};

/// Reads the pages and fills in what the choice leaves open; throws file_error without pages.
inline reading read(choice& c, const std::filesystem::path& program) {
  if (c.pages.empty()) c.pages = docs_above(program);
  reading r;
  if (!c.pages.empty()) r.all = pages_of(c.pages);
  if (r.all.size() < 20000)
    throw tl::file_error(c.pages, "has no pages of 20000 characters; see --help");
  r.learnt = r.all.substr(0, r.all.size() / 10 * 9);
  r.other = r.all.substr(r.learnt.size());
  std::erase_if(c.beginning, [](char x) { return x != '\n' && (x < ' ' || x > '~'); });
  if (c.beginning.empty()) c.beginning = "\n";
  if (c.epochs == 0) c.epochs = c.quick ? 1 : 16;
  return r;
}

/// Batches of an epoch: as many as make one pass over the text.
inline long batches_of(const choice& c, const reading& r, int steps, int batch) {
  const long all = static_cast<long>(r.learnt.size()) / steps / batch;
  return c.quick ? all / 2 : all;
}

/// Trains for some epochs and prints a row after each. Each epoch has windows of its own. `Model`
/// has `batch` and `steps` as constants, a `step` and a `loss`. Returns the losses.
template <class Model>
std::vector<tl::plot_series> learn(Model& model, const reading& r, const choice& c) {
  constexpr int batch = Model::batch, steps = Model::steps;
  const long batches = batches_of(c, r, steps, batch);
  windows<steps> test;
  for (std::size_t at = 0; at + steps < r.other.size(); at += steps) test.add(r.other, at);
  tl::text_table table{{{"epoch"},
                        {"loss", tl::alignment::right, 3, 6},
                        {"test loss", tl::alignment::right, 3},
                        {"s", tl::alignment::right, 1, 6}}};
  fmt::print("{}", table.header());
  std::vector<tl::plot_series> losses{{"training", {}, {}}, {"test", {}, {}, true}};
  tl::mt19937 random(c.seed);
  tl::progress_bar bar(c.epochs, static_cast<int>(batches), tl::show::automatic);
  for (int epoch = 1; epoch <= c.epochs; ++epoch) {
    const auto start = std::chrono::steady_clock::now();
    double sum = 0;
    for (long b = 1; b <= batches; ++b) {
      windows<steps> w;
      for (int i = 0; i < batch; ++i)
        w.add(r.learnt, static_cast<std::size_t>(random.uniform(
                            0, static_cast<double>(r.learnt.size() - steps - 1))));
      sum += model.step(w.xs.data(), w.ys.data());
      bar.update(epoch, b, sum / static_cast<double>(b), batch);
    }
    const std::chrono::duration<double> time = std::chrono::steady_clock::now() - start;
    losses[0].y.push_back(sum / static_cast<double>(batches));
    losses[1].y.push_back(model.loss(test));
    bar.clear();
    table.add(epoch, losses[0].y.back(), losses[1].y.back(), time.count());
    fmt::print("{}", table.row(table.rows() - 1));
    std::fflush(stdout);
  }
  return losses;
}

}  // namespace manual
