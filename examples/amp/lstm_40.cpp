#include "amp/play.hpp"

namespace amp {

template <>
weights<lstm_40> trained<lstm_40>(std::span<const float> sound, int steps) {
  return train<lstm_40>(sound, steps);
}
template <>
recording played<lstm_40>(const char* name, const tl::parameters<lstm_40>& theta,
                      std::span<const float> sound) {
  return play<lstm_40>(name, theta, sound);
}

}  // namespace amp
