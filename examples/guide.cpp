// The snippets of the pages in docs/, as one program.
#include <fmt/format.h>

#include <filesystem>
#include <tapeless/host.hpp>

#include "guide/networks.hpp"

using namespace guide;

void training() {
  const auto [train, test] = tl::train_test_split(tl::digits<float>(), 0.2, 1);
  // training.md
  using trainer =
      tl::trainer<digits_net, tl::cross_entropy, tl::adam, tl::batch<32>, tl::clip_by_norm<1.0>>;
  trainer t{tl::init<digits_net>(tl::seed{1}), {.learning_rate = 0.002}, /*random_seed=*/7};
  const tl::history run =
      tl::fit(t, train,
              {.epochs = 30,
               .validation = &test,
               .metrics = {{"accuracy", tl::accuracy<float>}},
               .epoch_learning_rate = tl::cosine_schedule{.rate = 0.002, .period = 30},
               .stop_early = tl::early_stopping_options{.patience = 5},
               .table = nullptr});
  fmt::print("digits: {} epochs, accuracy above 0.95: {}\n",
             run.epochs.size() <= 30 ? "at most 30" : "more", tl::accuracy(t, test) > 0.95);

  // training.md: the same by hand
  tl::batches<float> portions(train, trainer::batch_size, 1);
  for (auto [xs, ys, count] : portions.epoch(0)) t.step(xs, ys, count);
  fmt::print("mean loss on the test set below 0.3: {}\n", tl::mean_loss(t, test) < 0.3);

  // parameters.md
  tl::save<digits_net>("digits.safetensors", t.parameters(), {{"trained_on", "digits"}});
  auto loaded = tl::init<digits_net>(tl::seed{2});
  tl::load<digits_net>("digits.safetensors", loaded);
  fmt::print("loaded equals saved: {}\n", loaded.get(0, 5) == t.parameters().get(0, 5));
  try {
    auto other = tl::init<two_branches>(tl::seed{1});
    tl::load<two_branches>("digits.safetensors", other);
  } catch (const tl::file_error& e) {
    fmt::print("refused: {}\n", std::string_view{e.what()}.substr(0, 55));
  }
}

void parameters() {
  // parameters.md
  auto theta = tl::init<digits_net>(tl::seed{1});
  auto w = theta.view<"fc1.weight">();  // indices as in PyTorch: output, input
  w(0, 63) = 0.5f;
  fmt::print("fc1.weight {} x {}\n", w.dims[0], w.dims[1]);
  for (const tl::parameter_info& p : theta.tensors())
    fmt::print("  {} of {} scalars\n", p.name.view(), p.dims.count());

  const auto he = tl::init<digits_net, tl::he_normal, double>(tl::seed{1});
  fmt::print("biases start at {} with a scheme\n", he.view<"fc1.bias">()(0));
}

int main() {
  parameters();
  accumulating();
  batches_of_samples();
  training();
  std::filesystem::remove("digits.safetensors");
}
