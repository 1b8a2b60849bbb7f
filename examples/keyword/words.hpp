#pragma once
// Synthetic sounds that are built like spoken words, and what a network hears of them.
#include <tapeless/core/mt19937.hpp>
#include <tapeless/io/dataset.hpp>

namespace keyword {

namespace tl = tapeless;

inline constexpr int frames = 49, coefficients = 10, inputs = frames * coefficients, classes = 12;

/// Ten words, silence and other words.
const std::vector<std::string>& names();

/// One second at 16 kHz. A word is a row of sounds: vowels are pulses of a voice through three
/// resonances of a throat, consonants noise, bursts and humming. Voices differ in pitch, size of
/// the throat, speed and loudness, words in when they begin; there is noise around them.
std::vector<float> say(tl::mt19937& random, int name);

/// Sounds of random classes as rows of 49 frames of 10 cepstral coefficients, with the class.
tl::dataset<float> recordings(tl::mt19937& random, int count);

}  // namespace keyword
