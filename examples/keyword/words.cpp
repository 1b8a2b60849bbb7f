// Words and their spectra.
#include "keyword/words.hpp"

namespace keyword {

tl::dataset<float> recordings(tl::mt19937& random, int count) {
  tl::dataset<float> data{{}, {}, inputs, 1, sound::names()};
  for (int i = 0; i < count; ++i) {
    const int name = static_cast<int>(random() % classes);
    const std::vector<float> row = sound::cepstrum(sound::say(random, name).samples);
    data.xs.insert(data.xs.end(), row.begin(), row.end());
    data.ys.push_back(static_cast<float>(name));
  }
  return data;
}

}  // namespace keyword
