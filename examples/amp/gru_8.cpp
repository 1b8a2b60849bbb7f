#include "amp/play.hpp"

namespace amp {

template <>
weights<gru_8> trained<gru_8>(std::span<const float> sound, int steps) {
  return train<gru_8>(sound, steps);
}
template <>
recording played<gru_8>(const char* name, const tl::parameters<gru_8>& theta,
                      std::span<const float> sound) {
  return play<gru_8>(name, theta, sound);
}

}  // namespace amp
