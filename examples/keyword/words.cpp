// How the words are spoken, and the coefficients of their spectra.
#include "keyword/words.hpp"

#include <array>
#include <string_view>

#include "sound/spectrum.hpp"

namespace keyword {

namespace {

using std::numbers::pi;

/// One sound of a word: resonances of the throat in hertz, how much of it is voice and how much
/// noise, and its length in seconds.
struct phone {
  char letter;
  std::array<double, 3> formants;
  double voice, noise, length;
};

// Formants of vowels: G. E. Peterson, H. L. Barney, J. Acoust. Soc. Am. 24 (1952), rounded.
constexpr std::array<phone, 18> phones{{
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

constexpr std::array<std::string_view, 10> spelled{"yes",  "nou", "A.p", "daun",  "left",
                                                   "rait", "on",  "of",  "st.op", "gou"};

const phone& phone_of(char letter) {
  for (const phone& p : phones)
    if (p.letter == letter) return p;
  // Plosives that are not in the table begin as 't' or 'k' do.
  return phone_of(letter == 'd' ? 't' : 'k');
}

/// A resonance of the throat, whose frequency may change from sample to sample.
struct resonance {
  double y1 = 0, y2 = 0;
  double operator()(double x, double hertz, double width) {
    const double r = std::exp(-pi * width / sound::rate);
    const double y =
        (1 - r) * 2 * x + 2 * r * std::cos(2 * pi * hertz / sound::rate) * y1 - r * r * y2;
    y2 = y1;
    return y1 = y;
  }
};

}  // namespace

const std::vector<std::string>& names() {
  static const std::vector<std::string> all{"yes", "no",  "up",   "down", "left",    "right",
                                            "on",  "off", "stop", "go",   "silence", "other"};
  return all;
}

std::vector<float> say(tl::mt19937& random, int name) {
  const auto between = [&](double low, double high) { return random.uniform(low, high); };
  std::string word;
  if (name < 10) {
    word = spelled[static_cast<std::size_t>(name)];
  } else if (name == 11) {
    const int letters = 3 + static_cast<int>(random() % 3);
    for (int i = 0; i < letters; ++i) word += phones[random() % 17].letter;
  }
  const double pitch = between(90, 230), throat = between(0.88, 1.15), speed = between(0.8, 1.25);
  const double loudness = std::pow(10, between(-0.5, 0.3)),
               hiss = std::pow(10, between(-2.2, -0.8));
  const double begin = between(0.05, 0.3), tilt = between(-0.25, 0.1);

  std::vector<float> samples(static_cast<std::size_t>(sound::rate));
  resonance formant[3];
  double at[3] = {500, 1500, 2500}, voice = 0, noise = 0, phase = 0, end = begin;
  std::size_t next = 0;
  const phone* now = nullptr;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const double t = static_cast<double>(i) / sound::rate;
    if (t >= end) {
      now = next < word.size() ? &phone_of(word[next]) : nullptr;
      ++next;
      end += now != nullptr ? now->length / speed * between(0.85, 1.15) : 1;
    }
    // The throat moves from one sound to the next within some 20 ms.
    const double step = 1 / (0.012 * sound::rate);
    for (int k = 0; k < 3; ++k)
      at[k] +=
          step *
          ((now != nullptr ? now->formants[static_cast<std::size_t>(k)] * throat : at[k]) - at[k]);
    voice += 2 * step * ((now != nullptr ? now->voice : 0) - voice);
    noise += 2 * step * ((now != nullptr ? now->noise : 0) - noise);
    phase += pitch * (1 + tilt * t) / sound::rate;
    const bool pulse = phase >= 1;
    if (pulse) phase -= 1;
    const double source =
        (pulse ? 12 * voice : 0.0) + noise * between(-1, 1) + 0.02 * voice * between(-1, 1);
    double y = 0;
    for (int k = 0; k < 3; ++k)
      y += formant[k](source, at[k], 60 + 40 * k + 0.02 * at[k]) / (1 + 0.5 * k);
    samples[i] = static_cast<float>(loudness * y + hiss * between(-1, 1));
  }
  return samples;
}

tl::dataset<float> recordings(tl::mt19937& random, int count) {
  constexpr int bands = 40;
  const sound::spectrogram spectrum(512, 320, bands);
  tl::dataset<float> data{{}, {}, inputs, 1, names()};
  for (int i = 0; i < count; ++i) {
    const int name = static_cast<int>(random() % classes);
    const std::vector<float> mel = spectrum(say(random, name));
    // The discrete cosine transform of each frame: cepstral coefficients, the loudness first.
    for (int f = 0; f < frames; ++f)
      for (int c = 0; c < coefficients; ++c) {
        double sum = 0;
        for (int b = 0; b < bands; ++b)
          sum +=
              mel[static_cast<std::size_t>(f * bands + b)] * std::cos(pi * c * (b + 0.5) / bands);
        data.xs.push_back(static_cast<float>(sum / 100));
      }
    data.ys.push_back(static_cast<float>(name));
  }
  return data;
}

}  // namespace keyword
