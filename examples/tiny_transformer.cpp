// A small transformer learns the manual of this library by character, and writes some text. The net
// is in tiny_transformer/net.hpp, its training and its writing beside it.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <tapeless/io/file.hpp>
#include <tapeless/io/weights.hpp>
#include <tapeless/train/plot_curves.hpp>
#include <tapeless/train/progress.hpp>
#include <tapeless/train/table.hpp>

#include "tiny_transformer/net.hpp"

namespace tl = tapeless;
namespace fs = std::filesystem;

namespace {

/// Trains for some epochs and prints a row after each. Each epoch has windows of its own, as many
/// as make one pass over the text. Returns the losses.
std::vector<tl::plot_series> learn(tiny::training& model, const std::string& text,
                                   const std::string& other, int epochs, long batches,
                                   std::uint32_t seed) {
  tiny::windows test;
  for (std::size_t at = 0; at + tiny::steps < other.size(); at += tiny::steps) test.add(other, at);
  tl::text_table table{{{"epoch"},
                        {"loss", tl::alignment::right, 3, 6},
                        {"test loss", tl::alignment::right, 3},
                        {"s", tl::alignment::right, 1, 6}}};
  fmt::print("{}", table.header());
  std::vector<tl::plot_series> losses{{"training", {}, {}}, {"test", {}, {}, true}};
  tl::mt19937 random(seed);
  tl::progress_bar bar(epochs, static_cast<int>(batches), tl::show::automatic);
  for (int epoch = 1; epoch <= epochs; ++epoch) {
    const auto start = std::chrono::steady_clock::now();
    double sum = 0;
    for (long b = 1; b <= batches; ++b) {
      tiny::windows w;
      for (int i = 0; i < tiny::training::batch; ++i)
        w.add(text, static_cast<std::size_t>(
                        random.uniform(0, static_cast<double>(text.size() - tiny::steps - 1))));
      sum += model.step(w.xs.data(), w.ys.data());
      bar.update(epoch, b, sum / static_cast<double>(b), tiny::training::batch);
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

}  // namespace

int main(int argc, char** argv) {
  fs::path pages, output = ".";
  std::string beginning = "The network ";
  bool quick = false;
  int epochs = 0, count = 600;
  double temperature = 0.5;
  std::uint32_t seed = 1;
  CLI::App app{"Learns to write like a folder of Markdown pages, character by character."};
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
  CLI11_PARSE(app, argc, argv);
  try {
    if (pages.empty()) pages = tiny::docs_above(argv[0]);
    const std::string all = pages.empty() ? "" : tiny::pages_of(pages);
    if (all.size() < 20000)
      throw tl::file_error(pages, "has no pages of 20000 characters; see --help");
    std::erase_if(beginning, [](char c) { return c != '\n' && (c < ' ' || c > '~'); });
    if (beginning.empty()) beginning = "\n";
    const std::string text = all.substr(0, all.size() / 10 * 9), other = all.substr(text.size());
    if (epochs == 0) epochs = quick ? 1 : 16;
    long batches = static_cast<long>(text.size()) / tiny::steps / tiny::training::batch;
    if (quick) batches /= 2;
    fmt::print("{} characters, {} parameters\n", all.size(),
               tl::parameters<tiny::net>::scalar_count);

    tiny::training model(seed, epochs * batches);
    const auto losses = learn(model, text, other, epochs, batches, seed);
    tl::save<tiny::net>(output / "tiny_transformer.safetensors", model.parameters());
    tl::plot_curves(output / "tiny_transformer.svg", "A small transformer learns the manual",
                    losses, {.x_label = "epoch", .y_label = "cross-entropy per character"});
    const std::string own = tiny::write(model.parameters(), beginning, count, temperature, seed);
    tl::write_file(output / "tiny_transformer.txt", std::as_bytes(std::span(own)));
    if (!quick) fmt::print("\n{}\n\n", own);
    fmt::print("{:.0f} % of the words written occur in the pages\n",
               100 * tiny::known_words(own, all));
  } catch (const std::exception& error) {
    fmt::print(stderr, "tiny_transformer: {}\n", error.what());
    return 1;
  }
}
