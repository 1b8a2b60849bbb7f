#include "amp/train.hpp"

template <>
amp::weights<amp::a1> amp::trained<amp::a1>(std::span<const float> sound, int steps) {
  return train<a1>(sound, steps);
}
