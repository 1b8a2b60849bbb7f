#include "amp/play.hpp"

template <>
amp::recording amp::played<amp::a1>(const char* name, const tl::parameters<a1>& theta,
                                  std::span<const float> sound) {
  return play<a1>(name, theta, sound);
}
