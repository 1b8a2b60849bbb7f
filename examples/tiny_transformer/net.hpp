#pragma once
// A small causal transformer over characters. It is trained in one file and writes in another, so
// that both are compiled at the same time.
#include <cstdint>
#include <memory>
#include <string>
#include <tapeless/declare.hpp>

#include "manual/text.hpp"

namespace tiny {

namespace tl = tapeless;

inline constexpr int steps = 64, width = 64, heads = 4, blocks = 2;

inline constexpr tl::transformer_settings settings{
    .norm_first = true, .attention = {.causal = true, .positions = tl::rotary::half_split}};
using manual::characters;
using block = tl::transformer_encoder_layer<width, heads, 2 * width, settings, tl::gelu>;

/// The characters of a window, as indices; out comes, for each of them, a score for each character
/// that may follow.
struct net
    : tl::sequential<tl::input<steps>, tl::named<"embedding", tl::embedding<characters, width>>,
                     tl::named<"body", tl::transformer_encoder<blocks, block, tl::final_norm::on>>,
                     tl::named<"head", tl::dense_per_step<characters>>> {};

using windows = manual::windows<steps>;

/// Training, epoch by epoch; what is kept between them stays in train.cpp.
class training {
 public:
  training(std::uint32_t seed, long all_steps);
  ~training();
  training(const training&) = delete;
  training& operator=(const training&) = delete;

  static constexpr int batch = 16, steps = tiny::steps;
  /// A step on a batch of windows, and its loss.
  double step(const float* xs, const float* ys);
  /// The mean loss of windows, without learning.
  double loss(const windows& w) const;
  const tl::parameters<net>& parameters() const;

 private:
  struct kept;
  std::unique_ptr<kept> kept_;
};

/// Writes so many characters behind a beginning.
std::string write(const tl::parameters<net>& theta, const std::string& beginning, int count,
                  double temperature, std::uint32_t seed);

}  // namespace tiny
