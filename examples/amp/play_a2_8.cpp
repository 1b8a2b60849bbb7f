#include "amp/play.hpp"

template <>
amp::recording amp::played<amp::a2<8>>(const char* name, const tl::parameters<a2<8>>& theta,
                                  std::span<const float> sound) {
  return play<a2<8>>(name, theta, sound);
}
