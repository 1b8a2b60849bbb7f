// The net of the training as a stream of frames.
#include <chrono>
#include <cmath>
#include <tapeless/tapeless.hpp>

#include "wakeword/net.hpp"

namespace wakeword {

heard listen(const parameters& theta, const soundtrack& sounds) {
  using stream = tl::stream<net, tl::blocks<1>>;
  static_assert(stream::inputs == inputs && stream::outputs == 1 && stream::latency == 0);
  stream s;
  const std::size_t count = sounds.answers.size();
  heard h{std::vector<float>(count), 0, stream::receptive_field, stream::state_bytes};
  const auto start = std::chrono::steady_clock::now();
  for (std::size_t f = 0; f < count; ++f)
    s.step(theta, sounds.cepstrum.data() + f * inputs, &h.scores[f]);
  const std::chrono::duration<double, std::nano> time = std::chrono::steady_clock::now() - start;
  h.nanoseconds = time.count() / static_cast<double>(count);
  for (float& x : h.scores) x = 1 / (1 + std::exp(-x));
  return h;
}

}  // namespace wakeword
