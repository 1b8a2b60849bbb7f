#pragma once
// A recurrent net over characters. It is trained on windows in one file and reads and writes as a
// stream in another, so that both are compiled at the same time.
#include <cstdint>
#include <memory>
#include <string>
#include <tapeless/declare.hpp>

#include "manual/text.hpp"

namespace rnn {

namespace tl = tapeless;

inline constexpr int steps = 64, width = 128;
using manual::characters;
using windows = manual::windows<steps>;

/// A row of one 1 for each index of {steps}.
struct one_hot_per_step {
  static constexpr tl::value lower(tl::graph&, tl::value x) {
    return tl::math::one_hot(x, characters);
  }
};

/// The characters of a window, as indices; out comes, for each of them, a score for each character
/// that may follow.
struct net : tl::sequential<tl::input<steps>, one_hot_per_step, tl::named<"gru", tl::gru<width>>,
                            tl::named<"head", tl::dense_per_step<characters>>> {};

/// Training, epoch by epoch; what is kept between them stays in train.cpp. Every window starts from
/// a state of zeros.
class training {
 public:
  training(std::uint32_t seed, long all_steps);
  ~training();
  training(const training&) = delete;
  training& operator=(const training&) = delete;

  static constexpr int batch = 16, steps = rnn::steps;
  /// A step on a batch of windows, and its loss.
  double step(const float* xs, const float* ys);
  /// The mean loss of windows, without learning.
  double loss(const windows& w) const;
  const tl::parameters<net>& parameters() const;

 private:
  struct kept;
  std::unique_ptr<kept> kept_;
};

/// What the stream of the same net makes of a text, one character at a time from a state of zeros.
struct listening {
  double loss;          ///< mean cross-entropy of the next character
  double microseconds;  ///< mean time of a character
  long long state_bytes;
};
listening listen(const tl::parameters<net>& theta, const std::string& text);

/// Writes so many characters behind a beginning; the stream carries the state from one to the next.
std::string write(const tl::parameters<net>& theta, const std::string& beginning, int count,
                  double temperature, std::uint32_t seed);

/// Writes a file of weights, safetensors.
void save(const tl::parameters<net>& theta, const std::filesystem::path& file);

}  // namespace rnn
