// Handwritten digits: a net with two hidden layers is trained, saved, read back and tested. Here is
// what to train on; the net is in mnist/train_mnist.cpp, its training in mnist/training.hpp.
#include <CLI/CLI.hpp>
#include <exception>
#include <tapeless/io/datasets.hpp>

#include "mnist/files.hpp"
#include "mnist/training.hpp"

namespace tl = tapeless;
namespace fs = std::filesystem;

struct choice {
  fs::path data, output = ".";
  std::string url;
  bool small = false;
  int epochs = 0;
  std::uint32_t seed = 1;
};

/// Chooses the data and the net that goes with it.
void run(choice c) {
  if (!c.url.empty()) {
    if (c.data.empty()) c.data = "mnist";
    mnist_files::download(c.url, c.data);
  }
  if (c.data.empty() && !c.small) {
    c.data = mnist_files::found();
    c.small = c.data.empty();
    if (c.small)
      fmt::print("MNIST was not found (see --help); here are the 8 x 8 digits instead\n");
  }
  if (c.small)
    digits::train_small(tl::train_test_split(tl::digits(), 0.2, 42),
                        {"digits.safetensors", c.output, c.epochs > 0 ? c.epochs : 30, c.seed});
  else
    digits::train_mnist(tl::mnist(c.data),
                        {"mnist.safetensors", c.output, c.epochs > 0 ? c.epochs : 5, c.seed});
}

int main(int argc, char** argv) {
  choice c;
  CLI::App app{
      "Learns handwritten digits.\n\nMNIST is taken from --data, $TAPELESS_MNIST, "
      "$TAPELESS_DATA/mnist, $TAPELESS_DATA or\n../shared/mnist: the four IDX files, plain or "
      "gzip. Without it the 8 x 8 digits that\ncome with the examples serve."};
  app.add_option("--data", c.data, "folder with the four files of MNIST");
  app.add_option("--download", c.url, "fetch MNIST from this URL into --data, or else ./mnist")
      ->expected(0, 1)
      ->default_str(mnist_files::mirror);
  app.add_flag("--digits", c.small, "use the 8 x 8 digits")->excludes("--data", "--download");
  app.add_option("--epochs", c.epochs, "5 unless said, or 30 of the 8 x 8 digits")
      ->check(CLI::PositiveNumber);
  app.add_option("--seed", c.seed, "of first weights and order")->capture_default_str();
  app.add_option("--output", c.output, "folder for the weights")->check(CLI::ExistingDirectory);
  CLI11_PARSE(app, argc, argv);
  try {
    if (app.count("--download") > 0 && c.url.empty()) c.url = mnist_files::mirror;
    run(c);
  } catch (const std::exception& error) {
    fmt::print(stderr, "mnist: {}\n", error.what());
    return 1;
  }
}
