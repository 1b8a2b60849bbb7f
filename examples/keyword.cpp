// Which word was spoken: DS-CNN on the cepstrum of a second of sound. The words are synthetic
// (keyword/words.hpp), the net is that of bench/space/nets.hpp.
#include <CLI/CLI.hpp>
#include <exception>
#include <tapeless/train/confusion_matrix.hpp>
#include <tapeless/train/plot_curves.hpp>
#include <tapeless/train/table.hpp>

#include "keyword/net.hpp"

namespace tl = tapeless;
using namespace keyword;

namespace {

struct choice {
  int epochs = 8, training = 2400, test = 600;
  std::uint32_t seed = 1;
  std::filesystem::path output = ".";
};

tl::prediction_view<float> view(const std::vector<float>& scores, const tl::dataset<float>& data) {
  return {scores.data(), data.ys.data(), static_cast<int>(data.size()), classes, 1};
}

void run(const choice& c) {
  tl::mt19937 random(c.seed);
  const auto data = recordings(random, c.training), test = recordings(random, c.test);
  fmt::print(
      "{} sounds of {} classes for training, {} for the test; {} frames of {} coefficients\n"
      "all sounds are synthetic: no person speaks here\n\n",
      c.training, classes, c.test, frames, coefficients);
  tl::text_table epochs{{{"epoch"},
                         {"loss", tl::alignment::right, 4, 6},
                         {"test accuracy", tl::alignment::right, 4},
                         {"seconds", tl::alignment::right, 2}}};
  fmt::print("{}", epochs.header());
  std::vector<double> losses, accuracies;
  const auto weights =
      train(data, {c.epochs, c.seed, 0.003}, [&](const training::epoch& e, const parameters& now) {
        const auto scores = predict(now, test);
        losses.push_back(e.loss);
        accuracies.push_back(tl::accuracy(view(scores, test)));
        epochs.add(e.number, e.loss, accuracies.back(), e.seconds);
        fmt::print("{}", epochs.row(epochs.rows() - 1));
        std::fflush(stdout);
      });
  const auto scores = predict(*weights, test);
  fmt::print("\n{} parameters; actual words down, predicted ones across\n{}\n",
             parameters::scalar_count, tl::confusion_matrix::of(view(scores, test)).str(names()));
  tl::plot_curves(
      c.output / "keyword.svg", "Words, loss and accuracy over epochs",
      {{"loss on the training set", {}, losses}, {"accuracy on the test set", {}, accuracies}},
      {.x_label = "epoch", .y_low = 0});
  fmt::print("picture: {}/keyword.svg\n", c.output.string());
}

}  // namespace

int main(int argc, char** argv) {
  choice c;
  bool quick = false;
  CLI::App app{"Learns ten words, silence and other words. The sounds are made by the example."};
  app.add_option("--epochs", c.epochs)->check(CLI::PositiveNumber)->capture_default_str();
  app.add_option("--training", c.training, "sounds for training, at least 32")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  app.add_option("--test", c.test, "sounds for the test")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  app.add_option("--seed", c.seed, "of sounds, first weights and order")->capture_default_str();
  app.add_flag("--quick", quick, "640 sounds for training, 96 for the test, 3 epochs");
  app.add_option("--output", c.output, "folder for the picture")->check(CLI::ExistingDirectory);
  CLI11_PARSE(app, argc, argv);
  if (quick) c.training = 640, c.test = 96, c.epochs = 3;
  try {
    run(c);
  } catch (const std::exception& error) {
    fmt::print(stderr, "keyword: {}\n", error.what());
    return 1;
  }
}
