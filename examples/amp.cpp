// A guitar amplifier: WaveNets and recurrent nets learn a synthetic distortion on sequences, then stream a riff through
// the same declaration in blocks of 64 samples. Writes sound files and pictures.
#include <CLI/CLI.hpp>
#include <exception>
#include <fmt/format.h>
#include <tapeless/train/plot_curves.hpp>
#include <tapeless/train/table.hpp>

#include "amp/play.hpp"

namespace tl = tapeless;
namespace fs = std::filesystem;

namespace amp {

// Each in a file of its own.
template <>
weights<a2<8>> trained<a2<8>>(std::span<const float>, int);
template <>
recording played<a2<8>>(const char*, const tl::parameters<a2<8>>&, std::span<const float>);
template <>
weights<a2<3>> trained<a2<3>>(std::span<const float>, int);
template <>
recording played<a2<3>>(const char*, const tl::parameters<a2<3>>&, std::span<const float>);
template <>
weights<a1> trained<a1>(std::span<const float>, int);
template <>
recording played<a1>(const char*, const tl::parameters<a1>&, std::span<const float>);
template <>
weights<lstm_16> trained<lstm_16>(std::span<const float>, int);
template <>
recording played<lstm_16>(const char*, const tl::parameters<lstm_16>&, std::span<const float>);
template <>
weights<lstm_40> trained<lstm_40>(std::span<const float>, int);
template <>
recording played<lstm_40>(const char*, const tl::parameters<lstm_40>&, std::span<const float>);
template <>
weights<gru_8> trained<gru_8>(std::span<const float>, int);
template <>
recording played<gru_8>(const char*, const tl::parameters<gru_8>&, std::span<const float>);

}  // namespace amp

namespace {

/// Energy of the difference by the energy of the sound, without the first tenth of a second.
double error_to_signal(std::span<const float> got, std::span<const float> wanted) {
  double error = 0, signal = 0;
  for (std::size_t t = amp::rate / 10; t < got.size(); ++t) {
    const double d = static_cast<double>(got[t]) - static_cast<double>(wanted[t]);
    error += d * d;
    signal += static_cast<double>(wanted[t]) * static_cast<double>(wanted[t]);
  }
  return error / signal;
}

template <class Net>
amp::recording learn_and_play(const char* name, const fs::path& output,
                              std::span<const float> sound, int steps) {
  const auto theta = amp::trained<Net>(sound, steps);
  const amp::recording r = amp::played<Net>(name, *theta, sound);
  amp::write_wav(output / fmt::format("amp_{}.wav", name), r.sound);
  return r;
}

void draw(const fs::path& output, std::span<const float> in, std::span<const float> wanted,
          const amp::recording& r) {
  const auto part = [](std::span<const float> x) {
    const auto cut = x.subspan(amp::rate / 2, amp::rate / 50);
    return std::vector<double>(cut.begin(), cut.end());
  };
  std::vector<double> time;
  for (int t = 0; t < amp::rate / 50; ++t) time.push_back(1e3 * t / amp::rate);
  tl::plot_curves(output / "amp_wave.svg", "20 ms of the riff",
                  {{"guitar", time, part(in), true},
                   {"amplifier", time, part(wanted)},
                   {r.name, time, part(r.sound)}},
                  {.x_label = "ms", .markers = false});
  constexpr std::size_t size = 1024;
  std::vector<double> frequency;
  for (std::size_t k = 1; k < size / 2; ++k)
    frequency.push_back(static_cast<double>(k * amp::rate) / size);
  const auto levels = [&](std::span<const float> x) {
    std::vector<double> all = amp::spectrum(x, size);
    all.erase(all.begin());
    return all;
  };
  tl::plot_curves(output / "amp_spectrum.svg", "Spectrum of the riff",
                  {{"guitar", frequency, levels(in), true},
                   {"amplifier", frequency, levels(wanted)},
                   {r.name, frequency, levels(r.sound)}},
                  {.x_label = "Hz", .y_label = "dB", .x_scale = tl::axis_scale::log2,
                   .markers = false});
}

void run(const fs::path& output, bool quick, int steps) {
  const std::vector<float> sound = amp::riff(quick ? 2 : 10);
  std::vector<float> wanted(sound.size());
  amp::distort(sound, wanted);
  amp::write_wav(output / "amp_guitar.wav", sound);
  amp::write_wav(output / "amp_wanted.wav", wanted);
  fmt::print("{} samples at {} Hz, {} steps of training, blocks of {}\n", sound.size(), amp::rate,
             steps, amp::block);
  tl::text_table table{{{"network", tl::alignment::left},
                        {"parameters"},
                        {"receptive field", tl::alignment::right},
                        {"state KiB", tl::alignment::right, 0},
                        {"error", tl::alignment::right, 3},
                        {"x real time", tl::alignment::right, 0},
                        {"us a block", tl::alignment::right, 1},
                        {"worst", tl::alignment::right, 1}}};
  const auto report = [&](const amp::recording& r) {
    table.add(r.name, r.parameters,
              r.receptive_field > 1 ? fmt::to_string(r.receptive_field) : "all before",
              static_cast<double>(r.state_bytes) / 1024,
              error_to_signal(r.sound, wanted), 1 / r.load, r.median, r.worst);
  };
  report(learn_and_play<amp::gru_8>("gru_8", output, sound, steps));
  report(learn_and_play<amp::lstm_16>("lstm_16", output, sound, steps));
  report(learn_and_play<amp::lstm_40>("lstm_40", output, sound, steps / 2));
  report(learn_and_play<amp::a2<3>>("a2_3", output, sound, steps));
  report(learn_and_play<amp::a1>("a1", output, sound, steps / 2));
  const amp::recording best = learn_and_play<amp::a2<8>>("a2_8", output, sound, steps);
  report(best);
  fmt::print("{}", table.str());
  draw(output, sound, wanted, best);
  fmt::print("Sound and pictures: amp_*.wav, amp_wave.svg, amp_spectrum.svg\n");
}

}  // namespace

int main(int argc, char** argv) {
  fs::path output = ".";
  bool quick = false;
  int steps = 0;
  CLI::App app{"Learns a guitar amplifier and plays a riff through it."};
  app.add_flag("--quick", quick, "two seconds of sound, a few steps of training");
  app.add_option("--steps", steps, "of training; 600 unless said, 150 of --quick")
      ->check(CLI::PositiveNumber);
  app.add_option("--output", output, "folder for sound and pictures")->check(CLI::ExistingDirectory);
  CLI11_PARSE(app, argc, argv);
  try {
    run(output, quick, steps > 0 ? steps : quick ? 150 : 600);
  } catch (const std::exception& error) {
    fmt::print(stderr, "amp: {}\n", error.what());
    return 1;
  }
}
