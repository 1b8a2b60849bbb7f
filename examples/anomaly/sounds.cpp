// How the machine sounds.
#include "sounds.hpp"

#include "../sound/spectrum.hpp"

namespace anomaly {

namespace {

using std::numbers::pi;

/// A resonance: noise through it is a band of noise.
struct resonance {
  double a, b, gain, y1 = 0, y2 = 0;
  resonance(double hertz, double width) {
    const double r = std::exp(-pi * width / sound::rate);
    a = 2 * r * std::cos(2 * pi * hertz / sound::rate);
    b = -r * r;
    gain = (1 - r * r) * 0.7;
  }
  double operator()(double x) {
    const double y = gain * x + a * y1 + b * y2;
    y2 = y1;
    return y1 = y;
  }
};

}  // namespace

std::vector<float> machine(tapeless::mt19937& random, fault f) {
  const auto between = [&](double low, double high) { return random.uniform(low, high); };
  const double turns = between(20, 40), load = between(0.5, 1.5);
  const double loudness = std::pow(10, between(-0.6, 0.6));
  std::array<double, 12> strength{}, phase{};
  for (std::size_t k = 0; k < strength.size(); ++k) {
    strength[k] = load * between(0.8, 1.2) / static_cast<double>(k + 1);
    phase[k] = between(0, 2 * pi);
  }
  const double teeth = 31, gear = 0.4 * load;
  resonance fan(25 * turns, 300), housing(1800, 200), hiss(6200, 1500), bearing(3400, 900);
  const double fault_strength = between(0.7, 1.3), tone = between(2000, 4000),
               waver = between(3, 6);

  std::vector<float> samples;
  const int count = static_cast<int>(seconds * sound::rate);
  double angle = 0, bearing_angle = 0;
  for (int i = 0; i < count; ++i) {
    const double t = i / sound::rate;
    const double speed =
        turns *
        (1 + (f == fault::slipping ? 0.06 * fault_strength * std::sin(2 * pi * waver * t) : 0.0));
    angle += 2 * pi * speed / sound::rate;
    double y = 0;
    for (std::size_t k = 0; k < strength.size(); ++k)
      y += 0.2 * strength[k] * std::sin(static_cast<double>(k + 1) * angle + phase[k]);
    for (int k = 1; k <= 4; ++k)
      y += gear / k * std::sin(teeth * k * angle) * (1 + 0.3 * std::sin(angle));
    const double noise = between(-1, 1);
    y += 1.2 * load * fan(noise) + 0.5 * housing(noise) + 0.02 * between(-1, 1);
    if (f == fault::bearing) {
      bearing_angle += 3.6 * speed / sound::rate;
      const bool click = bearing_angle >= 1;
      if (click) bearing_angle -= 1;
      y += bearing(click ? 2.0 * fault_strength : 0.0);
    }
    if (f == fault::squeal) y += 0.1 * fault_strength * std::sin(2 * pi * tone * t);
    if (f == fault::leak) y += 0.12 * fault_strength * hiss(between(-1, 1));
    samples.push_back(static_cast<float>(0.1 * loudness * y));
  }
  return samples;
}

std::vector<float> spectrum_of(const std::vector<float>& samples) {
  static const sound::spectrogram spectrum(1024, 512, bands);
  return spectrum(samples);
}

std::vector<float> windows_of(const std::vector<float>& samples) {
  const std::vector<float> s = spectrum_of(samples);
  std::vector<float> windows;
  for (std::size_t begin = 0; begin + inputs <= s.size(); begin += bands)
    windows.insert(windows.end(), s.begin() + static_cast<std::ptrdiff_t>(begin),
                   s.begin() + static_cast<std::ptrdiff_t>(begin + inputs));
  return windows;
}

}  // namespace anomaly
