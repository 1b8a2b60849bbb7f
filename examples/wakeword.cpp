// Hears one word in a stream of sound, frame by frame. The words are synthetic (sound/words.hpp), the
// net is in wakeword/net.hpp. What counts is a word that is missed, and an alarm without the word.
#include <CLI/CLI.hpp>
#include <exception>
#include <tapeless/train/plot_curves.hpp>
#include <tapeless/train/table.hpp>

#include "wakeword/net.hpp"

namespace tl = tapeless;
using namespace wakeword;

namespace {

struct choice {
  int epochs = 12, training = 400, minutes = 30;
  std::uint32_t seed = 1;
  std::filesystem::path output = ".";
};

tl::dataset<float> lessons(tl::mt19937& random, int count) {
  tl::dataset<float> data{{}, {}, inputs * frames, frames, {}};
  for (int i = 0; i < count; ++i) {
    const soundtrack track = speak(random, seconds, 0.3);
    for (int c = 0; c < inputs; ++c)
      for (int f = 0; f < frames; ++f)
        data.xs.push_back(track.cepstrum[static_cast<std::size_t>(f * inputs + c)]);
    for (const bool a : track.answers) data.ys.push_back(a ? 1.0f : 0.0f);
  }
  return data;
}

/// Words that were heard, and alarms at other times. An alarm is the first of three frames above
/// the threshold; then there is none for half a second.
struct counts {
  int heard = 0, false_alarms = 0;
  double delay = 0;  ///< mean seconds from the end of the word to the alarm
};
counts alarms(const std::vector<float>& scores, const std::vector<int>& ends, double threshold) {
  counts c;
  std::vector<bool> found(ends.size());
  int above = 0, quiet_until = 0;
  for (int f = 0; f < static_cast<int>(scores.size()); ++f) {
    above = static_cast<double>(scores[static_cast<std::size_t>(f)]) > threshold ? above + 1 : 0;
    if (above < 3 || f < quiet_until) continue;
    quiet_until = f + frames_per_second / 2;
    bool right = false;
    for (std::size_t k = 0; k < ends.size(); ++k) {
      if (f < ends[k] - 5 || f > ends[k] + 2 * answer || found[k]) continue;
      found[k] = right = true;
      ++c.heard;
      c.delay += static_cast<double>(f - ends[k]) / frames_per_second;
      break;
    }
    if (!right) ++c.false_alarms;
  }
  if (c.heard > 0) c.delay /= c.heard;
  return c;
}

void run(const choice& c) {
  tl::mt19937 random(c.seed);
  const auto data = lessons(random, c.training);
  fmt::print("the word \"{}\" among others: {} sequences of {} s for training\n"
             "all sounds are synthetic: no person speaks here\n\n",
             sound::names()[word], c.training, seconds);
  tl::text_table epochs{{{"epoch"},
                         {"loss", tl::alignment::right, 4, 6},
                         {"seconds", tl::alignment::right, 2}}};
  fmt::print("{}", epochs.header());
  const auto theta = train(data, {c.epochs, c.seed, 0.003}, [&](const training::epoch& e) {
    epochs.add(e.number, e.loss, e.seconds);
    fmt::print("{}", epochs.row(epochs.rows() - 1));
    std::fflush(stdout);
  });

  const soundtrack test = speak(random, 60 * c.minutes, 0.1);
  const heard h = listen(*theta, test);
  fmt::print("\n{} parameters; a frame of 20 ms takes {:.0f} ns and depends on {} frames, the state "
             "has {} bytes\n{} minutes of other sounds, with the word {} times\n\n",
             parameters::scalar_count, h.nanoseconds, h.receptive_field, h.state_bytes, c.minutes,
             test.ends.size());
  tl::text_table table{{{"threshold", tl::alignment::right, 2},
                        {"heard, %", tl::alignment::right, 1},
                        {"false alarms an hour", tl::alignment::right, 1},
                        {"delay, s", tl::alignment::right, 2}}};
  for (const double threshold : {0.3, 0.5, 0.7, 0.9, 0.97}) {
    const counts n = alarms(h.scores, test.ends, threshold);
    table.add(threshold, 100.0 * n.heard / static_cast<double>(test.ends.size()),
              60.0 * n.false_alarms / c.minutes, n.delay);
  }
  fmt::print("{}\n", table.str());
  const std::size_t shown = std::min<std::size_t>(h.scores.size(), 20 * frames_per_second);
  std::vector<double> score, word_ends, time;
  for (std::size_t f = 0; f < shown; ++f) {
    time.push_back(static_cast<double>(f) / frames_per_second);
    score.push_back(static_cast<double>(h.scores[f]));
    word_ends.push_back(test.answers[f] ? 1 : 0);
  }
  tl::plot_curves(c.output / "wakeword.svg", "Twenty seconds of sound, a word each second",
                  {{"score of the stream", time, score},
                   {"the word has ended", time, word_ends, true}},
                  {.x_label = "second", .y_label = "score", .markers = false});
  fmt::print("picture: {}/wakeword.svg\n", c.output.string());
}

}  // namespace

int main(int argc, char** argv) {
  choice c;
  bool quick = false;
  CLI::App app{"Hears one word in a stream of sound. The sounds are made by the example."};
  app.add_option("--epochs", c.epochs)->check(CLI::PositiveNumber)->capture_default_str();
  app.add_option("--training", c.training, "sequences of 4 seconds, at least 16")
      ->check(CLI::Range(16, 100000))
      ->capture_default_str();
  app.add_option("--minutes", c.minutes, "of sound for the test")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  app.add_option("--seed", c.seed, "of sounds, first weights and order")->capture_default_str();
  app.add_flag("--quick", quick, "64 sequences, 2 epochs, a test of one minute");
  app.add_option("--output", c.output, "folder for the picture")->check(CLI::ExistingDirectory);
  CLI11_PARSE(app, argc, argv);
  if (quick) c.training = 64, c.epochs = 2, c.minutes = 1;
  try {
    run(c);
  } catch (const std::exception& error) {
    fmt::print(stderr, "wakeword: {}\n", error.what());
    return 1;
  }
}
