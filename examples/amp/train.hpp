#pragma once
// A short training of one network: sequences of the riff that start in silence, and what the
// amplifier makes of them.
#include <memory>

#include "amp/nets.hpp"
#include "amp/sound.hpp"

namespace amp {

template <class Net>
using weights = std::unique_ptr<tl::parameters<Net>>;

/// Defined for each network in a file of its own.
template <class Net>
weights<Net> trained(std::span<const float> sound, int steps);

inline constexpr int sequences = 4;

/// Layers of all sizes share code, and the update of Lion is short: 23 layers with their gradients
/// compile in under half a minute.
template <class Net>
struct trainer_of {
  using type = tl::trainer<Net, tl::mse, tl::lion, tl::batch<sequences>,
                           tl::expand_as<tl::expansion::shared>>;
};
/// A recurrent layer has few kernels, which are faster for themselves.
template <class Layer>
struct trainer_of<recurrent_amp<Layer>> {
  using type = tl::trainer<recurrent_amp<Layer>, tl::mse, tl::lion, tl::batch<sequences>>;
};

template <class Net>
weights<Net> train(std::span<const float> sound, int steps) {
  using trainer = typename trainer_of<Net>::type;
  const auto t = std::make_unique<trainer>(tl::seed{2});
  std::vector<float> x(sequences * sequence), y(x.size());
  std::mt19937 random{3};
  std::uniform_int_distribution<std::size_t> start{0, sound.size() - sequence};
  for (int step = 0; step < steps; ++step) {
    for (std::size_t k = 0; k < sequences; ++k) {
      const auto in = std::span{x}.subspan(k * sequence, sequence);
      std::ranges::copy(sound.subspan(start(random), sequence), in.begin());
      distort(in, std::span{y}.subspan(k * sequence, sequence));
    }
    t->options().learning_rate = step < steps * 2 / 3 ? 0.001f : 0.0002f;
    t->step(x.data(), y.data());
  }
  return std::make_unique<tl::parameters<Net>>(t->parameters());
}

}  // namespace amp
