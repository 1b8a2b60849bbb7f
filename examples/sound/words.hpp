#pragma once
// Synthetic sounds that are built like spoken words, and what a network hears of them.
#include <array>
#include <cmath>
#include <numbers>
#include <string>
#include <string_view>
#include <tapeless/core/mt19937.hpp>
#include <vector>

#include "sound/spectrum.hpp"

namespace sound {

namespace speech {

using std::numbers::pi;

/// One sound of a word: resonances of the throat in hertz, how much of it is voice and how much
/// noise, and its length in seconds.
struct phone {
  char letter;
  std::array<double, 3> formants;
  double voice, noise, length;
};

// Formants of vowels: G. E. Peterson, H. L. Barney, J. Acoust. Soc. Am. 24 (1952), rounded.
inline constexpr std::array<phone, 18> phones{{
    {'a', {730, 1090, 2440}, 1, 0, 0.16},
    {'e', {530, 1840, 2480}, 1, 0, 0.14},
    {'i', {270, 2290, 3010}, 1, 0, 0.15},
    {'o', {570, 840, 2410}, 1, 0, 0.17},
    {'u', {300, 870, 2240}, 1, 0, 0.14},
    {'A', {640, 1190, 2390}, 1, 0, 0.12},
    {'r', {490, 1350, 1690}, 0.8, 0, 0.09},
    {'l', {360, 1300, 2700}, 0.7, 0, 0.08},
    {'m', {250, 1000, 2200}, 0.5, 0, 0.08},
    {'n', {250, 1500, 2500}, 0.5, 0, 0.09},
    {'y', {280, 2200, 2900}, 0.8, 0, 0.06},
    {'w', {300, 650, 2200}, 0.8, 0, 0.06},
    {'s', {4500, 5800, 7000}, 0, 0.5, 0.13},
    {'f', {1400, 4000, 7200}, 0, 0.25, 0.12},
    {'t', {3500, 4500, 6000}, 0, 0.7, 0.04},
    {'p', {700, 1400, 2500}, 0, 0.6, 0.04},
    {'k', {1600, 2400, 3800}, 0, 0.7, 0.04},
    {'.', {500, 1500, 2500}, 0, 0, 0.05},
}};

inline constexpr std::array<std::string_view, 10> spelled{"yes",  "nou", "A.p", "daun",  "left",
                                                          "rait", "on",  "of",  "st.op", "gou"};

inline const phone& phone_of(char letter) {
  for (const phone& p : phones)
    if (p.letter == letter) return p;
  // Plosives that are not in the table begin as 't' or 'k' do.
  return phone_of(letter == 'd' ? 't' : 'k');
}

/// A resonance of the throat, whose frequency may change from sample to sample.
struct resonance {
  double y1 = 0, y2 = 0;
  double operator()(double x, double hertz, double width) {
    const double r = std::exp(-pi * width / rate);
    const double y = (1 - r) * 2 * x + 2 * r * std::cos(2 * pi * hertz / rate) * y1 - r * r * y2;
    y2 = y1;
    return y1 = y;
  }
};

}  // namespace speech

/// Ten words, silence and other words.
inline const std::vector<std::string>& names() {
  static const std::vector<std::string> all{"yes", "no",  "up",   "down", "left",    "right",
                                            "on",  "off", "stop", "go",   "silence", "other"};
  return all;
}

/// What was said, and the second at which it ended.
struct spoken {
  std::vector<float> samples;
  double end;
};

/// One second at 16 kHz. A word is a row of sounds: vowels are pulses of a voice through three
/// resonances of a throat, consonants noise, bursts and humming. Voices differ in pitch, size of
/// the throat, speed and loudness, words in when they begin; there is noise around them.
inline spoken say(tapeless::mt19937& random, int name) {
  using speech::phone, speech::phones, speech::phone_of;
  const auto between = [&](double low, double high) { return random.uniform(low, high); };
  std::string word;
  if (name < 10) {
    word = speech::spelled[static_cast<std::size_t>(name)];
  } else if (name == 11) {
    const int letters = 3 + static_cast<int>(random() % 3);
    for (int i = 0; i < letters; ++i) word += phones[random() % 17].letter;
  }
  const double pitch = between(90, 230), throat = between(0.88, 1.15), speed = between(0.8, 1.25);
  const double loudness = std::pow(10, between(-0.5, 0.3)),
               hiss = std::pow(10, between(-2.2, -0.8));
  const double begin = between(0.05, 0.3), tilt = between(-0.25, 0.1);

  spoken said{std::vector<float>(static_cast<std::size_t>(rate)), 0};
  std::vector<float>& samples = said.samples;
  speech::resonance formant[3];
  double at[3] = {500, 1500, 2500}, voice = 0, noise = 0, phase = 0, end = begin;
  std::size_t next = 0;
  const phone* now = nullptr;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const double t = static_cast<double>(i) / rate;
    if (t >= end) {
      now = next < word.size() ? &phone_of(word[next]) : nullptr;
      if (next == word.size()) said.end = t;
      ++next;
      end += now != nullptr ? now->length / speed * between(0.85, 1.15) : 1;
    }
    // The throat moves from one sound to the next within some 20 ms.
    const double step = 1 / (0.012 * rate);
    for (int k = 0; k < 3; ++k)
      at[k] +=
          step *
          ((now != nullptr ? now->formants[static_cast<std::size_t>(k)] * throat : at[k]) - at[k]);
    voice += 2 * step * ((now != nullptr ? now->voice : 0) - voice);
    noise += 2 * step * ((now != nullptr ? now->noise : 0) - noise);
    phase += pitch * (1 + tilt * t) / rate;
    const bool pulse = phase >= 1;
    if (pulse) phase -= 1;
    const double source =
        (pulse ? 12 * voice : 0.0) + noise * between(-1, 1) + 0.02 * voice * between(-1, 1);
    double y = 0;
    for (int k = 0; k < 3; ++k)
      y += formant[k](source, at[k], 60 + 40 * k + 0.02 * at[k]) / (1 + 0.5 * k);
    samples[i] = static_cast<float>(loudness * y + hiss * between(-1, 1));
  }
  return said;
}

inline constexpr int coefficients = 10,
                     hop = 320;  ///< of a frame, and samples from one to the next

/// Cepstral coefficients of frames of 512 samples: the discrete cosine transform of 40 bands, the
/// loudness first.
inline std::vector<float> cepstrum(const std::vector<float>& samples) {
  constexpr int bands = 40;
  static const spectrogram spectrum(512, hop, bands);
  const std::vector<float> mel = spectrum(samples);
  std::vector<float> result;
  for (std::size_t f = 0; f < mel.size() / bands; ++f)
    for (int c = 0; c < coefficients; ++c) {
      double sum = 0;
      for (int b = 0; b < bands; ++b)
        sum += mel[f * bands + static_cast<std::size_t>(b)] *
               std::cos(speech::pi * c * (b + 0.5) / bands);
      result.push_back(static_cast<float>(sum / 100));
    }
  return result;
}

}  // namespace sound
