#include "amp/play.hpp"

namespace amp {

template <>
weights<lstm_16> trained<lstm_16>(std::span<const float> sound, int steps) {
  return train<lstm_16>(sound, steps);
}
template <>
recording played<lstm_16>(const char* name, const tl::parameters<lstm_16>& theta,
                      std::span<const float> sound) {
  return play<lstm_16>(name, theta, sound);
}

}  // namespace amp
