#pragma once
// Sound through a stream, block by block, as a driver of a sound card would call it.
#include <chrono>
#include <string>

#include "amp/train.hpp"

namespace amp {

struct recording {
  std::string name;
  int parameters, receptive_field;
  long long state_bytes;
  std::vector<float> sound;
  double load;            ///< time of computation by time of sound
  double median, worst;   ///< microseconds of a block
};

/// Defined for each network in a file of its own.
template <class Net>
recording played(const char* name, const tl::parameters<Net>& theta, std::span<const float> sound);

template <class Net>
recording play(const char* name, const tl::parameters<Net>& theta, std::span<const float> sound) {
  using stream = tl::stream<Net>;
  using clock = std::chrono::steady_clock;
  const auto s = std::make_unique<stream>();
  recording r{name, tl::parameters<Net>::scalar_count, stream::receptive_field,
              stream::state_bytes, {}, 0, 0, 0};
  r.sound.resize(sound.size() / block * block);
  s->prewarm(theta);
  std::vector<double> times;
  times.reserve(r.sound.size() / block);
  for (std::size_t t = 0; t < r.sound.size(); t += block) {
    const auto start = clock::now();
    s->template process<block>(theta, sound.data() + t, r.sound.data() + t);
    times.push_back(std::chrono::duration<double>(clock::now() - start).count());
  }
  double all = 0;
  for (const double time : times) all += time;
  r.load = all * rate / static_cast<double>(r.sound.size());
  std::ranges::sort(times);
  r.median = 1e6 * times[times.size() / 2];
  r.worst = 1e6 * times.back();
  return r;
}

}  // namespace amp
