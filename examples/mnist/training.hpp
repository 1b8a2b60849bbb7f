#pragma once
// Trains a classifier of digits, saves it and tests what it reads back.
#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <string>
#include <tapeless/io/scaling.hpp>
#include <tapeless/io/weights.hpp>
#include <tapeless/tapeless.hpp>
#include <tapeless/train/fit.hpp>
#include <tapeless/train/table.hpp>

namespace digits {

namespace tl = tapeless;

struct settings {
  std::string name;  ///< of the file of weights
  std::filesystem::path output;
  int epochs;
  std::uint32_t seed;
};

/// Each in a file of its own, so that they are compiled at the same time.
void train_mnist(const tl::train_test<float>& data, const settings& s);
void train_small(const tl::train_test<float>& data, const settings& s);

using momentum = tl::sgd_with<tl::sgd_settings{.momentum = 0.9}>;

/// Trains a net, prints a row per epoch, saves the weights and reads them back into fresh ones.
template <class Net>
void train(const tl::train_test<float>& data, const settings& s) {
  const auto training = tl::normalize(data.train, 0.5f, 0.5f);  // pixels from -1 to 1
  const auto test = tl::normalize(data.test, 0.5f, 0.5f);
  fmt::print("{} training and {} test images, {} parameters\n", training.size(), test.size(),
             tl::parameters<Net>::scalar_count);

  using trainer = tl::trainer<Net, tl::cross_entropy, momentum, tl::batch<64>>;
  const auto model =
      std::make_unique<trainer>(tl::init<Net>({s.seed}), typename trainer::options_type{0.01});
  tl::text_table table{{{"epoch"},
                        {"loss", tl::alignment::right, 4, 6},
                        {"test accuracy", tl::alignment::right, 4},
                        {"ms", tl::alignment::right, 1, 6}}};
  fmt::print("{}", table.header());
  tl::fit(*model, training,
          {.epochs = s.epochs,
           .seed = s.seed,
           .validation = &test,
           .metrics = {{"accuracy", tl::accuracy<float>}},
           .on_epoch =
               [&](const tl::epoch_record& e) {
                 table.add(e.epoch, e.batch_mean_loss, e.metrics[0], 1e3 * e.seconds);
                 fmt::print("{}", table.row(table.rows() - 1));
                 return std::fflush(stdout) == 0;
               },
           .table = nullptr});
  const double accuracy = tl::accuracy(*model, test);
  fmt::print("Finished training\nAccuracy on the test set: {:.2f} %\n", 100 * accuracy);

  const auto file = s.output / s.name;
  tl::save<Net>(file, model->parameters());
  const auto again = std::make_unique<trainer>(tl::parameters<Net>{});
  tl::load<Net>(file, again->parameters());
  fmt::print("Accuracy of {} read back: {:.2f} %\n", file.string(),
             100 * tl::accuracy(*again, test));
  if (tl::accuracy(*again, test) != accuracy)
    throw tl::file_error(file, "the weights read back are not those saved");
}

}  // namespace digits
