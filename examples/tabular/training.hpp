#pragma once
// Trains a network of a table.
#include <memory>
#include <tapeless/io/scaling.hpp>
#include <tapeless/tapeless.hpp>

#include "models.hpp"

namespace tabular {

template <class Net>
trained train(const tl::train_test<float>& data, const settings& s) {
  using decayed = tl::adam_with<tl::adam_settings{.weight_decay = 0.1, .decoupled = true}>;
  using trainer = tl::trainer<Net, tl::mse, decayed, tl::batch<32>>;
  // Targets are learnt as distances from their mean in deviations.
  const auto scale = tl::standardize_targets(data.train);
  const auto net =
      std::make_shared<trainer>(tl::seed{s.seed}, typename trainer::options_type{0.01});
  const auto test = scale(data.test);
  trained result{.predict = {}, .run = {}, .parameters = tl::parameters<Net>::scalar_count};
  result.run =
      tl::fit(*net, scale(data.train),
              {.epochs = s.epochs,
               .seed = s.seed,
               .validation = &test,
               .epoch_learning_rate =
                   [&](int epoch) { return 0.01 * (1 - static_cast<double>(epoch) / s.epochs); },
               .table = s.table,
               .table_seconds = false});
  result.predict = [net, scale](const tl::dataset<float>& rows) {
    auto outputs = tl::predict_all(*net, rows).outputs;
    scale.invert(outputs);
    return outputs;
  };
  return result;
}

}  // namespace tabular
