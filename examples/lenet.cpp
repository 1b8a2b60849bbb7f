// Handwritten digits by convolutions: LeNet-5 is trained on MNIST, saved, read back and tested. The
// nets are in lenet/, their training is that of the example mnist.
#include <CLI/CLI.hpp>
#include <exception>
#include <tapeless/io/datasets.hpp>

#include "lenet/nets.hpp"
#include "mnist/files.hpp"

namespace tl = tapeless;
namespace fs = std::filesystem;

int main(int argc, char** argv) {
  fs::path data, output = ".";
  bool small = false;
  int epochs = 0;
  std::uint32_t seed = 1;
  CLI::App app{
      "Learns handwritten digits by convolutions.\n\nMNIST is taken from --data, $TAPELESS_MNIST, "
      "$TAPELESS_DATA/mnist, $TAPELESS_DATA or\n../shared/mnist: the four IDX files, plain or "
      "gzip. Without it the 8 x 8 digits that\ncome with the examples serve."};
  app.add_option("--data", data, "folder with the four files of MNIST");
  app.add_flag("--digits", small, "use the 8 x 8 digits")->excludes("--data");
  app.add_option("--epochs", epochs, "6 unless said, or 30 of the 8 x 8 digits")
      ->check(CLI::PositiveNumber);
  app.add_option("--seed", seed, "of first weights and order")->capture_default_str();
  app.add_option("--output", output, "folder for the weights")->check(CLI::ExistingDirectory);
  CLI11_PARSE(app, argc, argv);
  try {
    if (data.empty() && !small) {
      data = mnist_files::found();
      small = data.empty();
      if (small)
        fmt::print("MNIST was not found (see --help); here are the 8 x 8 digits instead\n");
    }
    if (small)
      lenet::train_small(tl::train_test_split(tl::digits(), 0.2, 42),
                         {"lenet_digits.safetensors", output, epochs > 0 ? epochs : 30, seed});
    else
      lenet::train_mnist(tl::mnist(data),
                         {"lenet.safetensors", output, epochs > 0 ? epochs : 6, seed});
  } catch (const std::exception& error) {
    fmt::print(stderr, "lenet: {}\n", error.what());
    return 1;
  }
}
