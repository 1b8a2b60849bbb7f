// A program of a user with the host side: fits a data set and saves the weights.
#include <cstdio>
#include <tapeless/host.hpp>

namespace {

struct line : tapeless::sequential<tapeless::input<1>, tapeless::dense<1>> {};

}  // namespace

int main() {
  tapeless::dataset<float> data;
  data.inputs = data.targets = 1;
  for (int i = 0; i < 32; ++i) {
    const float x = static_cast<float>(i) / 16 - 1;
    data.xs.push_back(x);
    data.ys.push_back(3 * x + 1);
  }
  tapeless::trainer<line, tapeless::mse, tapeless::sgd, tapeless::batch<8>> trainer{
      tapeless::init<line>(tapeless::seed{1}), {.learning_rate = 0.1}};
  tapeless::fit_options<float> options{.epochs = 50};
  options.table = nullptr;
  const tapeless::history h = tapeless::fit(trainer, data, options);
  tapeless::save<line>("line.safetensors", trainer.parameters());
  std::printf("%.1f\n", h.epochs.back().train_loss);
  return h.epochs.back().train_loss < 0.1 ? 0 : 1;
}
