#include "amp/train.hpp"

template <>
amp::weights<amp::a2<8>> amp::trained<amp::a2<8>>(std::span<const float> sound, int steps) {
  return train<a2<8>>(sound, steps);
}
