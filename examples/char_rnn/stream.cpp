// Reading and writing: the declaration of the training as a stream of characters. And the file of
// weights.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <tapeless/io/weights.hpp>
#include <tapeless/tapeless.hpp>

#include "char_rnn/net.hpp"

namespace rnn {

namespace {

using stream = tl::stream<net, tl::blocks<1>, tl::time_axis<0>>;
static_assert(stream::inputs == 1 && stream::outputs == characters && stream::latency == 0);

std::array<float, characters> scores_behind(stream& s, const tl::parameters<net>& theta, char c) {
  return s.step(theta, std::array{static_cast<float>(manual::index_of(c))});
}

double cross_entropy(const std::array<float, characters>& scores, char next) {
  const double most = static_cast<double>(*std::max_element(scores.begin(), scores.end()));
  double sum = 0;
  for (const float s : scores) sum += std::exp(static_cast<double>(s) - most);
  const auto here = static_cast<std::size_t>(manual::index_of(next));
  return std::log(sum) + most - static_cast<double>(scores[here]);
}

}  // namespace

listening listen(const tl::parameters<net>& theta, const std::string& text) {
  using clock = std::chrono::steady_clock;
  stream s;
  double loss = 0;
  std::chrono::duration<double, std::micro> time{0};
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    const auto start = clock::now();
    const auto scores = scores_behind(s, theta, text[i]);
    time += clock::now() - start;
    loss += cross_entropy(scores, text[i + 1]);
  }
  const auto count = static_cast<double>(text.size() - 1);
  return {loss / count, time.count() / count, stream::state_bytes};
}

std::string write(const tl::parameters<net>& theta, const std::string& beginning, int count,
                  double temperature, std::uint32_t seed) {
  tl::mt19937 random(seed);
  stream s;
  std::string text = beginning;
  for (std::size_t i = 0; i + 1 < beginning.size(); ++i) scores_behind(s, theta, beginning[i]);
  for (int i = 0; i < count; ++i) {
    const auto scores = scores_behind(s, theta, text.back());
    text += manual::character_of(manual::drawn(scores.data(), temperature, random));
  }
  return text;
}

void save(const tl::parameters<net>& theta, const std::filesystem::path& file) {
  tl::save<net>(file, theta);
}

}  // namespace rnn
