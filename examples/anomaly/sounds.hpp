#pragma once
// Synthetic sounds of a machine that runs well, and of what may go wrong with it.
#include <array>
#include <tapeless/core/mt19937.hpp>
#include <vector>

namespace anomaly {

inline constexpr int bands = 128, frames = 5, inputs = frames * bands;
inline constexpr double seconds = 2;

enum class fault { none, bearing, squeal, slipping, leak };
inline constexpr std::array<const char*, 5> fault_names{"none", "bearing", "squeal", "slipping",
                                                        "leak"};

/// Two seconds at 16 kHz. A motor of 20 to 40 turns per second with its harmonics, gears, and the
/// noise of a fan that turns with it, at other loads and distances each time. A fault adds clicks
/// at every turn of a bearing, a tone between 2 and 4 kHz, a speed that wavers, or hiss above 5
/// kHz.
std::vector<float> machine(tapeless::mt19937& random, fault f);

/// Windows of five neighbouring frames of the log-mel spectrum, `inputs` numbers each.
std::vector<float> windows_of(const std::vector<float>& samples);

/// The spectrum itself, frames x bands, in decibels.
std::vector<float> spectrum_of(const std::vector<float>& samples);

}  // namespace anomaly
