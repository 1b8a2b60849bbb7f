#pragma once
// What goes into the amplifier and what a real one would make of it, and files of sound.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <numbers>
#include <random>
#include <span>
#include <tapeless/io/file.hpp>
#include <vector>

namespace amp {

inline constexpr int rate = 48000;

/// A riff on plucked strings: each note is a line of delays that decays (Karplus and Strong).
inline std::vector<float> riff(double seconds) {
  const auto count = static_cast<std::size_t>(seconds * rate);
  std::vector<float> sound(count);
  constexpr std::array<double, 8> notes = {82.4, 82.4, 98.0, 110.0, 82.4, 123.5, 110.0, 98.0};
  std::mt19937 random{1};
  std::uniform_real_distribution<float> noise{-1, 1};
  const std::size_t length = rate / 4;
  for (std::size_t start = 0, n = 0; start < count; start += length, ++n)
    for (const double interval : {1.0, 1.5}) {
      const auto period =
          static_cast<std::size_t>(rate / (notes[n % notes.size()] * interval));
      std::vector<float> line(period);
      for (float& x : line) x = noise(random);
      const std::size_t end = std::min(count, start + 2 * length);
      for (std::size_t t = start; t < end; ++t) {
        float& now = line[(t - start) % period];
        const float next = line[(t - start + 1) % period];
        const auto age = static_cast<float>(t - start);
        sound[t] += 0.35f * now * std::min(1.0f, static_cast<float>(end - t) / 2000) *
                    std::min(1.0f, age / 50);
        now = 0.4985f * (now + next);
      }
    }
  return sound;
}

/// The amplifier to be learnt: a high pass, an asymmetric clipping stage, the low pass of a cabinet.
/// It starts in silence.
inline void distort(std::span<const float> in, std::span<float> out) {
  float low = 0, smooth = 0, smoother = 0, direct = 0;
  const float rest = std::tanh(0.3f);
  for (std::size_t t = 0; t < in.size(); ++t) {
    low += 0.012f * (in[t] - low);
    const float clipped = std::tanh(6 * (in[t] - low) + 0.3f) - rest;
    smooth += 0.45f * (clipped - smooth);
    smoother += 0.45f * (smooth - smoother);
    direct += 0.002f * (smoother - direct);
    out[t] = 0.6f * (smoother - direct);
  }
}

/// One channel of 16 bits as a WAV file.
inline void write_wav(const std::filesystem::path& path, std::span<const float> sound) {
  tapeless::byte_buffer file;
  const auto put = [&](std::uint32_t number, int bytes) {
    for (int k = 0; k < bytes; ++k) file.push_back(static_cast<std::byte>(number >> 8 * k & 0xff));
  };
  const auto word = [&](const char* four) {
    for (int k = 0; k < 4; ++k) file.push_back(static_cast<std::byte>(four[k]));
  };
  const auto bytes = static_cast<std::uint32_t>(2 * sound.size());
  word("RIFF"), put(36 + bytes, 4), word("WAVE");
  word("fmt "), put(16, 4);
  put(1, 2), put(1, 2), put(rate, 4), put(2 * rate, 4), put(2, 2), put(16, 2);
  word("data"), put(bytes, 4);
  for (const float x : sound)
    put(static_cast<std::uint32_t>(std::lround(std::clamp(x, -1.0f, 1.0f) * 32767)), 2);
  tapeless::write_file(path, file);
}

/// Magnitudes in dB of the frequencies k * rate / size up to half of the rate, by the mean of windows
/// of `size` samples.
inline std::vector<double> spectrum(std::span<const float> sound, std::size_t size) {
  std::vector<double> power(size / 2), windowed(size);
  std::vector<double> cosine(size), sine(size);
  const double turn = 2 * std::numbers::pi / static_cast<double>(size);
  for (std::size_t t = 0; t < size; ++t) {
    cosine[t] = std::cos(turn * static_cast<double>(t));
    sine[t] = std::sin(turn * static_cast<double>(t));
  }
  std::size_t windows = 0;
  for (std::size_t start = 0; start + size <= sound.size() && windows < 16; start += 4 * size) {
    for (std::size_t t = 0; t < size; ++t)
      windowed[t] = (0.5 - 0.5 * cosine[t]) * static_cast<double>(sound[start + t]);
    for (std::size_t k = 0; k < power.size(); ++k) {
      double a = 0, b = 0;
      for (std::size_t t = 0; t < size; ++t) {
        a += windowed[t] * cosine[k * t % size];
        b += windowed[t] * sine[k * t % size];
      }
      power[k] += a * a + b * b;
    }
    ++windows;
  }
  const double scale = 16 / (static_cast<double>(size) * static_cast<double>(size));
  for (double& p : power)
    p = 10 * std::log10(scale * p / static_cast<double>(std::max<std::size_t>(windows, 1)) + 1e-12);
  return power;
}

}  // namespace amp
