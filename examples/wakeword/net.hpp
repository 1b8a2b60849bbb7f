#pragma once
// A network that hears one word in a stream of sound: causal convolutions over the cepstrum, a score
// for every frame of 20 ms. It is trained on sequences of four seconds in train.cpp and listens frame
// by frame, as a stream, in listen.cpp.
#include <functional>
#include <memory>
#include <tapeless/declare.hpp>

#include "sound/words.hpp"
#include "training/loop.hpp"

namespace wakeword {

namespace tl = tapeless;

inline constexpr int word = 8;  ///< "stop"
inline constexpr int seconds = 4, frames_per_second = 50, frames = seconds * frames_per_second;
inline constexpr int inputs = sound::coefficients, width = 24;
/// Frames behind the end of the word in which the score should be high.
inline constexpr int answer = 15;

constexpr tl::kernel causal(int size, int dilation = 1) {
  return {.size = size, .dilation = dilation, .padding = tl::padding::causal};
}

struct net : tl::sequential<tl::input<inputs, frames>,  //
                            tl::named<"in", tl::conv1d<width, causal(5)>>, tl::relu,
                            tl::named<"near", tl::conv1d<width, causal(3, 2)>>, tl::relu,
                            tl::named<"far", tl::conv1d<width, causal(3, 4)>>, tl::relu,
                            tl::named<"farther", tl::conv1d<width, causal(3, 8)>>, tl::relu,
                            tl::named<"score", tl::conv1d<1, causal(1)>>> {};
using parameters = tl::parameters<net>;

/// A soundtrack as the net hears it, and for each frame whether the word has just ended.
struct soundtrack {
  std::vector<float> cepstrum;  ///< frame by frame
  std::vector<bool> answers;    ///< of each frame
  std::vector<int> ends;        ///< frames in which the word ends
};
/// So many seconds of words, a share of which is the one to be heard.
soundtrack speak(tl::mt19937& random, int length, double share);

/// Trains from random weights and reports each epoch.
std::unique_ptr<parameters> train(const tl::dataset<float>& data, const training::plan& plan,
                                  const std::function<void(const training::epoch&)>& report);

/// What a stream of the net makes of a soundtrack.
struct heard {
  std::vector<float> scores;  ///< of each frame, from 0 to 1
  double nanoseconds;         ///< mean time of a frame
  int receptive_field;        ///< frames
  long long state_bytes;
};
heard listen(const parameters& theta, const soundtrack& sounds);

}  // namespace wakeword
