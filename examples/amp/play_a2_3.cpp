#include "amp/play.hpp"

template <>
amp::recording amp::played<amp::a2<3>>(const char* name, const tl::parameters<a2<3>>& theta,
                                  std::span<const float> sound) {
  return play<a2<3>>(name, theta, sound);
}
