// What a colour picture shows: ResNet-8 on shapes and textures. The pictures are synthetic
// (image/pictures.hpp), the net is that of bench/space/nets.hpp.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <exception>
#include <memory>
#include <tapeless/train/confusion_matrix.hpp>
#include <tapeless/train/png.hpp>
#include <tapeless/train/table.hpp>

#include "image/net.hpp"
#include "image/pictures.hpp"
#include "training/loop.hpp"

namespace tl = tapeless;
using namespace image;

namespace {

struct choice {
  int epochs = 12, training = 2000, test = 500;
  std::uint32_t seed = 1;
  std::filesystem::path output = ".";
};

tl::prediction_view<float> view(const std::vector<float>& scores, const tl::dataset<float>& data) {
  return {scores.data(), data.ys.data(), static_cast<int>(data.size()), classes, 1};
}

std::vector<float> scores_of(const trainer& t, const tl::dataset<float>& data) {
  std::vector<float> scores(data.size() * classes);
  predict(t.parameters(), data.xs.data(), scores.data(), static_cast<int>(data.size()));
  return scores;
}

/// The trainer as the loop takes it, with the step of the other source.
struct stepped {
  trainer& net;
  static constexpr int batch_size = trainer::batch_size;
  auto& options() { return net.options(); }
  float step(const float* xs, const float* ys) { return image::step(net, xs, ys); }
};
static_assert(trainer::input_size == inputs && trainer::output_size == classes);

/// Pictures of the test set, sorted by what the net takes them for, a row per class; a frame is
/// orange where it is wrong.
void draw(const std::filesystem::path& file, const tl::dataset<float>& data,
          const std::vector<float>& scores) {
  constexpr int columns = 12, frame = 2, cell = side + 2 * frame + 2;
  tl::image picture(columns * cell, classes * cell);
  int used[classes] = {};
  const auto p = view(scores, data);
  for (int i = 0; i < p.count; ++i) {
    const int taken_for = std::max(0, tl::predicted_class(p.output(i), 0.5f));
    const int row = taken_for, column = used[row]++;
    if (column >= columns) continue;
    const bool right = taken_for == tl::target_class(p.target(i));
    const tl::rgb around = right ? tl::rgb{0xdd, 0xdd, 0xdd} : tl::line_colours[1];
    for (int y = -frame; y < side + frame; ++y)
      for (int x = -frame; x < side + frame; ++x) {
        const bool inside = x >= 0 && y >= 0 && x < side && y < side;
        const auto channel = [&](int c) {
          const float v = data.row(
              static_cast<std::size_t>(i))[static_cast<std::size_t>(c * pixels + y * side + x)];
          return static_cast<std::uint8_t>(std::clamp(v * 95 + 128, 0.0f, 255.0f));
        };
        picture.at(column * cell + frame + 1 + x, row * cell + frame + 1 + y) =
            inside ? tl::rgb{channel(0), channel(1), channel(2)} : around;
      }
  }
  tl::write_file(file, tl::encode_png(picture));
}

void run(const choice& c) {
  tl::mt19937 random(c.seed);
  const auto data = pictures(random, c.training), test = pictures(random, c.test);
  fmt::print(
      "{} pictures of {} x {} in colour, {} classes, for training, {} for the test; all are "
      "synthetic\n\n",
      c.training, side, side, classes, c.test);
  tl::text_table epochs{{{"epoch"},
                         {"loss", tl::alignment::right, 4, 6},
                         {"test accuracy", tl::alignment::right, 4},
                         {"seconds", tl::alignment::right, 2}}};
  fmt::print("{}", epochs.header());
  const auto net_in_training = std::make_unique<trainer>(tl::seed{c.seed});
  stepped t{*net_in_training};
  training::run(t, data, {c.epochs, c.seed, 0.05}, [&](const training::epoch& e) {
    epochs.add(e.number, e.loss, tl::accuracy(view(scores_of(t.net, test), test)), e.seconds);
    fmt::print("{}", epochs.row(epochs.rows() - 1));
    std::fflush(stdout);
  });
  const auto scores = scores_of(t.net, test);
  fmt::print("\n{} parameters; actual classes down, predicted ones across\n{}\n",
             parameters::scalar_count, tl::confusion_matrix::of(view(scores, test)).str(names()));
  draw(c.output / "image.png", test, scores);
  fmt::print("pictures of the test set, a row per predicted class: {}/image.png\n",
             c.output.string());
}

}  // namespace

int main(int argc, char** argv) {
  choice c;
  bool quick = false;
  CLI::App app{"Learns ten kinds of shapes and textures. The pictures are made by the example."};
  app.add_option("--epochs", c.epochs)->check(CLI::PositiveNumber)->capture_default_str();
  app.add_option("--training", c.training, "pictures for training, at least 32")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  app.add_option("--test", c.test, "pictures for the test")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  app.add_option("--seed", c.seed, "of pictures, first weights and order")->capture_default_str();
  app.add_flag("--quick", quick, "320 pictures for training, 64 for the test, 3 epochs");
  app.add_option("--output", c.output, "folder for the picture")->check(CLI::ExistingDirectory);
  CLI11_PARSE(app, argc, argv);
  if (quick) c.training = 320, c.test = 64, c.epochs = 3;
  try {
    run(c);
  } catch (const std::exception& error) {
    fmt::print(stderr, "image: {}\n", error.what());
    return 1;
  }
}
