// 640-128-128-128-128-8-128-128-128-128-640, as MLPerf Tiny has it for sounds of machines, with
// normalisation of the inputs instead of the layers.
#include "net.hpp"

#include <memory>
#include <tapeless/tapeless.hpp>

#include "sounds.hpp"

namespace anomaly {

namespace {

using hidden = tl::sequential<tl::dense<128>, tl::relu>;

struct autoencoder : tl::sequential<tl::input<inputs>, hidden, hidden, hidden, hidden, tl::dense<8>,
                                    tl::relu, hidden, hidden, hidden, hidden, tl::dense<inputs>> {};

}  // namespace

trained train(const tl::dataset<float>& training, const tl::dataset<float>& validation,
              const settings& s) {
  using trainer = tl::trainer<autoencoder, tl::mse, tl::adam, tl::batch<64>>;
  const auto net = std::make_shared<trainer>(tl::seed{s.seed}, trainer::options_type{0.001});
  trained result{
      .reconstruct = {}, .run = {}, .parameters = tl::parameters<autoencoder>::scalar_count};
  result.run = tl::fit(*net, training,
                       {.epochs = s.epochs,
                        .seed = s.seed,
                        .validation = &validation,
                        .epoch_learning_rate = [&](int epoch) {
                          return 0.001 * (1 - static_cast<double>(epoch) / s.epochs);
                        }});
  result.reconstruct = [net](const tl::dataset<float>& rows) {
    return tl::predict_all(*net, rows).outputs;
  };
  return result;
}

}  // namespace anomaly
