// Soundtracks: a word each second.
#include <algorithm>

#include "wakeword/net.hpp"

namespace wakeword {

soundtrack speak(tl::mt19937& random, int length, double share) {
  std::vector<float> samples;
  soundtrack track;
  for (int second = 0; second < length; ++second) {
    int name = static_cast<int>(random() % 12);
    if (random.uniform(0, 1) < share) name = word;
    const sound::spoken said = sound::say(random, name);
    samples.insert(samples.end(), said.samples.begin(), said.samples.end());
    if (name == word && said.end > 0)
      track.ends.push_back(static_cast<int>((second + said.end) * frames_per_second));
  }
  // The last frame would reach beyond the end.
  samples.resize(samples.size() + 512, 0.0f);
  track.cepstrum = sound::cepstrum(samples);
  track.cepstrum.resize(static_cast<std::size_t>(length * frames_per_second * inputs));
  track.answers.resize(static_cast<std::size_t>(length * frames_per_second));
  for (const int end : track.ends)
    for (int f = end; f < std::min(end + answer, length * frames_per_second); ++f)
      track.answers[static_cast<std::size_t>(f)] = true;
  return track;
}

}  // namespace wakeword
