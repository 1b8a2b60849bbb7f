#pragma once
// Recordings of one second with one word each, as a network hears them.
#include <tapeless/io/dataset.hpp>

#include "sound/words.hpp"

namespace keyword {

namespace tl = tapeless;
using sound::coefficients, sound::names;

inline constexpr int frames = 49, inputs = frames * coefficients, classes = 12;

/// Sounds of random classes as rows of 49 frames of 10 cepstral coefficients, with the class.
tl::dataset<float> recordings(tl::mt19937& random, int count);

}  // namespace keyword
