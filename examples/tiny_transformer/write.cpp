// Writing: one character at a time, drawn by the scores behind the last character of the window.
#include <algorithm>
#include <tapeless/tapeless.hpp>

#include "tiny_transformer/net.hpp"

namespace tiny {

std::string write(const tl::parameters<net>& theta, const std::string& beginning, int count,
                  double temperature, std::uint32_t seed) {
  tl::mt19937 random(seed);
  std::string text = beginning;
  const auto scores = std::make_unique<float[]>(steps * characters);
  for (int i = 0; i < count; ++i) {
    // Characters behind the last one are spaces, which causal attention does not see.
    const std::size_t known = std::min(text.size(), std::size_t{steps});
    float window[steps] = {};
    for (std::size_t k = 0; k < known; ++k)
      window[k] = static_cast<float>(manual::index_of(text[text.size() - known + k]));
    tl::forward<net, tl::batch<1>>(theta, window, scores.get());
    text += manual::character_of(
        manual::drawn(&scores[(known - 1) * characters], temperature, random));
  }
  return text;
}

}  // namespace tiny
