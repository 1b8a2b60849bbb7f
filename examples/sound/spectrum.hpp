#pragma once
// Sounds as pictures: short-time spectra in bands that are as wide as the ear's (mel), in decibels.
#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>
#include <vector>

namespace sound {

inline constexpr double rate = 16000;  ///< samples per second

/// Discrete Fourier transform in place, of a power of two of numbers.
/// Source: J. W. Cooley, J. W. Tukey, Math. Comp. 19 (1965).
inline void transform(std::vector<std::complex<float>>& x) {
  const std::size_t n = x.size();
  for (std::size_t i = 1, j = 0; i < n; ++i) {
    std::size_t bit = n >> 1;
    for (; (j & bit) != 0; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) std::swap(x[i], x[j]);
  }
  for (std::size_t half = 1; half < n; half *= 2) {
    const double angle = -std::numbers::pi / static_cast<double>(half);
    const std::complex<float> turn(static_cast<float>(std::cos(angle)),
                                   static_cast<float>(std::sin(angle)));
    for (std::size_t begin = 0; begin < n; begin += 2 * half) {
      std::complex<float> w = 1;
      for (std::size_t k = begin; k < begin + half; ++k) {
        const std::complex<float> odd(
            w.real() * x[k + half].real() - w.imag() * x[k + half].imag(),
            w.real() * x[k + half].imag() + w.imag() * x[k + half].real());
        x[k + half] = x[k] - odd;
        x[k] += odd;
        w = {w.real() * turn.real() - w.imag() * turn.imag(),
             w.real() * turn.imag() + w.imag() * turn.real()};
      }
    }
  }
}

/// Log-mel spectra of frames of `size` samples, each `hop` behind the last: frames x bands
/// decibels.
class spectrogram {
 public:
  spectrogram(int size, int hop, int bands)
      : size_{static_cast<std::size_t>(size)},
        hop_{static_cast<std::size_t>(hop)},
        bands_{static_cast<std::size_t>(bands)},
        weights_(bands_ * (size_ / 2 + 1)) {
    const auto mel = [](double hertz) { return 2595 * std::log10(1 + hertz / 700); };
    const double top = mel(rate / 2), step = top / (bands + 1);
    for (std::size_t b = 0; b < bands_; ++b)
      for (std::size_t k = 0; k <= size_ / 2; ++k) {
        const double at = mel(static_cast<double>(k) * rate / size) / step - static_cast<double>(b);
        weights_[b * (size_ / 2 + 1) + k] = static_cast<float>(std::max(0.0, 1 - std::abs(at - 1)));
      }
    for (int i = 0; i < size; ++i)
      window_.push_back(static_cast<float>(0.5 - 0.5 * std::cos(2 * std::numbers::pi * i / size)));
  }

  std::vector<float> operator()(const std::vector<float>& samples) const {
    std::vector<float> result;
    std::vector<std::complex<float>> x(size_);
    std::vector<float> power(size_ / 2 + 1);
    for (std::size_t begin = 0; begin + size_ <= samples.size(); begin += hop_) {
      for (std::size_t i = 0; i < size_; ++i) x[i] = samples[begin + i] * window_[i];
      transform(x);
      for (std::size_t k = 0; k <= size_ / 2; ++k) power[k] = std::norm(x[k]);
      for (std::size_t b = 0; b < bands_; ++b) {
        float sum = 0;
        const float* w = weights_.data() + b * power.size();
        for (std::size_t k = 0; k < power.size(); ++k) sum += w[k] * power[k];
        result.push_back(10 * std::log10(sum + 1e-6f));
      }
    }
    return result;
  }

 private:
  std::size_t size_, hop_, bands_;
  std::vector<float> weights_, window_;
};

}  // namespace sound
