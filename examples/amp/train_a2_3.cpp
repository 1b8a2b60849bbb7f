#include "amp/train.hpp"

template <>
amp::weights<amp::a2<3>> amp::trained<amp::a2<3>>(std::span<const float> sound, int steps) {
  return train<a2<3>>(sound, steps);
}
