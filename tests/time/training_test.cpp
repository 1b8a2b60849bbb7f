// Ten training steps of recurrent nets against PyTorch, from the same weights on the same data.

#include <catch2/catch.hpp>
#include <cmath>
#include <golden/time_training.hpp>
#include <memory>
#include <space/hashed.hpp>
#include <tapeless/tapeless.hpp>
#include <vector>

namespace {

namespace tl = tapeless;
namespace pytorch = golden::time_training;
using rows = std::vector<float>;

template <int Steps, int Features, class Layer, int Outputs>
struct over_steps : tl::sequential<tl::input<Steps, Features>, tl::named<"layer", Layer>,
                                   tl::named<"head", tl::dense_per_step<Outputs>>> {};

rows numbers(int stream, int count) {
  rows x;
  for (int i = 0; i < count; ++i) x.push_back(static_cast<float>(space::hashed(stream, i)));
  return x;
}
rows labels(int count, int classes) {
  rows x;
  for (int i = 0; i < count; ++i) x.push_back(static_cast<float>(i * 7 % classes));
  return x;
}

template <class Net, class Loss, class Optimizer, int Batch>
void check(const rows& targets, const double (&expected)[10],
           const typename tl::trainer<Net, Loss, Optimizer, tl::batch<Batch>>::options_type& options) {
  using trainer = tl::trainer<Net, Loss, Optimizer, tl::batch<Batch>>;
  const auto t = std::make_unique<trainer>(tl::seed{1}, options);
  auto& theta = t->parameters();
  for (int k = 0; k < theta.tensors().count; ++k) {
    const tl::shape& dims = theta.tensors()[k].dims;
    const double inputs = dims.rank > 1 ? dims[1] : 4;
    for (int i = 0; i < dims.count(); ++i)
      theta.set(k, i, static_cast<float>(space::hashed(10 + k, i) / std::sqrt(inputs)));
  }
  for (int s = 0; s < 10; ++s) {
    const rows x = numbers(1000 + s, Batch * tl::input_size<Net>);
    const double loss = t->step(x.data(), targets.data());
    INFO("step " << s << ": " << loss << " instead of " << expected[s]);
    CHECK(std::abs(loss - expected[s]) <= 1e-4);
  }
}

constexpr tl::recurrent last{.layers = 2, .bidirectional = true, .yield = tl::yields::last};
struct both_directions : tl::sequential<tl::input<9, 5>, tl::named<"layer", tl::gru<12, last>>,
                                        tl::named<"head", tl::dense<4>>> {};
using momentum = tl::sgd_with<tl::sgd_settings{.momentum = 0.9}>;

}  // namespace

TEST_CASE("training of an lstm on a wave", "[time]") {
  const rows wave = numbers(7, 4 * 64);
  check<over_steps<64, 1, tl::lstm<40>, 1>, tl::mse, tl::adam, 4>(wave, pytorch::amplifier, {0.01f});
  using truncated = tl::lstm<16, tl::recurrent{.window = 10}>;
  check<over_steps<64, 1, truncated, 1>, tl::mse, tl::adam, 4>(wave, pytorch::truncated, {0.01f});
}
TEST_CASE("training of gru layers in both directions", "[time]") {
  check<both_directions, tl::cross_entropy, momentum, 16>(labels(16, 4), pytorch::both_directions,
                                                          {0.05f});
}
TEST_CASE("training of a recurrent policy", "[time]") {
  check<over_steps<32, 22, tl::gru<16>, 4>, tl::mse, tl::adam, 8>(numbers(8, 8 * 32 * 4),
                                                                  pytorch::policy, {0.01f});
}
TEST_CASE("training of an rnn on characters", "[time]") {
  check<over_steps<20, 6, tl::rnn<24>, 6>, tl::sequence_cross_entropy, tl::rmsprop, 8>(
      labels(8 * 20, 6), pytorch::characters, {0.002f});
}
TEST_CASE("training of a gru on labels in order", "[time]") {
  check<over_steps<15, 3, tl::gru<10>, 5>, tl::ctc<3>, tl::adam, 4>(
      {1, 2, 4, 3, 3, -1, 4, -1, -1, 2, 1, 2}, pytorch::labels_in_order, {0.01f});
}
