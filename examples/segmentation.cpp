// Which pixels of a picture belong to a disc, which to a triangle: a small U-Net. The pictures are
// synthetic (segmentation/scenes.hpp), the net is in segmentation/net.hpp.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <exception>
#include <tapeless/train/png.hpp>
#include <tapeless/train/table.hpp>

#include "segmentation/net.hpp"
#include "segmentation/scenes.hpp"

namespace tl = tapeless;
using namespace segmentation;

namespace {

struct choice {
  int epochs = 14, training = 2400, test = 400;
  std::uint32_t seed = 1;
  std::filesystem::path output = ".";
};

/// Intersection over union of a mask and the pixels with a logit above 0, over a whole set.
double intersection_over_union(const std::vector<float>& logits, const tl::dataset<float>& data,
                               int kind) {
  long both = 0, either = 0;
  for (std::size_t i = 0; i < logits.size(); ++i) {
    if (static_cast<int>(i / pixels) % kinds != kind) continue;
    const bool found = logits[i] > 0, there = data.ys[i] > 0;
    both += found && there;
    either += found || there;
  }
  return either == 0 ? 1 : static_cast<double>(both) / static_cast<double>(either);
}

/// Share of pixels that are right in both masks.
double right_pixels(const std::vector<float>& logits, const tl::dataset<float>& data) {
  long right = 0;
  for (std::size_t i = 0; i < logits.size(); ++i) right += (logits[i] > 0) == (data.ys[i] > 0);
  return static_cast<double>(right) / static_cast<double>(logits.size());
}

/// A row per picture: the picture, where the shapes are, where the net sees them.
void draw(const std::filesystem::path& file, const tl::dataset<float>& data,
          const std::vector<float>& logits, int rows) {
  constexpr int scale = 4, gap = 8, cell = side * scale;
  constexpr std::array<tl::rgb, kinds> colours{tl::line_colours[1], tl::line_colours[0]};
  tl::image picture(3 * cell + 2 * gap, rows * (cell + gap) - gap);
  const auto grey = [&](std::size_t pixel) {
    const double g = std::clamp(data.xs[pixel] / 2.6 + 0.5, 0.0, 1.0);
    return tl::blend({0, 0, 0}, {255, 255, 255}, g);
  };
  for (int r = 0; r < rows; ++r)
    for (int y = 0; y < cell; ++y)
      for (int x = 0; x < cell; ++x) {
        const auto in_picture = static_cast<std::size_t>(y / scale * side + x / scale);
        const tl::rgb shade = grey(static_cast<std::size_t>(r * pixels) + in_picture);
        const auto masked = [&](const std::vector<float>& mask) {
          tl::rgb c = tl::blend(shade, {255, 255, 255}, 0.6);
          for (int k = 0; k < kinds; ++k)
            if (mask[static_cast<std::size_t>((r * kinds + k) * pixels) + in_picture] > 0)
              c = tl::blend(shade, colours[static_cast<std::size_t>(k)], 0.8);
          return c;
        };
        const int top = r * (cell + gap) + y;
        picture.at(x, top) = shade;
        picture.at(x + cell + gap, top) = masked(data.ys);
        picture.at(x + 2 * (cell + gap), top) = masked(logits);
      }
  tl::write_file(file, tl::encode_png(picture));
}

void run(const choice& c) {
  tl::mt19937 random(c.seed);
  const auto data = scenes(random, c.training), test = scenes(random, c.test);
  fmt::print("{} pictures of {} x {} for training, {} for the test; all are synthetic\n\n",
             c.training, side, side, c.test);
  tl::text_table epochs{{{"epoch"},
                         {"loss", tl::alignment::right, 4, 6},
                         {"IoU of discs", tl::alignment::right, 3},
                         {"IoU of triangles", tl::alignment::right, 3},
                         {"seconds", tl::alignment::right, 2}}};
  fmt::print("{}", epochs.header());
  const auto weights =
      train(data, {c.epochs, c.seed, 0.01}, [&](const training::epoch& e, const parameters& now) {
        const auto logits = predict(now, test);
        epochs.add(e.number, e.loss, intersection_over_union(logits, test, 0),
                   intersection_over_union(logits, test, 1), e.seconds);
        fmt::print("{}", epochs.row(epochs.rows() - 1));
        std::fflush(stdout);
      });

  const auto logits = predict(*weights, test);
  tl::text_table table{
      {{"on the test set", tl::alignment::left}, {"value", tl::alignment::right, 4}}};
  for (int k = 0; k < kinds; ++k)
    table.add(fmt::format("intersection over union, {}", names[k]),
              intersection_over_union(logits, test, k));
  table.add("pixels that are right in a mask", right_pixels(logits, test));
  table.add("the same of empty masks",
            right_pixels(std::vector<float>(logits.size(), -1.0f), test));
  fmt::print("\n{} parameters\n{}\n", parameters::scalar_count, table.str());
  draw(c.output / "segmentation.png", test, logits, std::min(c.test, 6));
  fmt::print("picture, truth and prediction: {}/segmentation.png\n", c.output.string());
}

}  // namespace

int main(int argc, char** argv) {
  choice c;
  bool quick = false;
  CLI::App app{
      "Finds discs and triangles in pictures, pixel by pixel. The pictures are made by the "
      "example."};
  app.add_option("--epochs", c.epochs)->check(CLI::PositiveNumber)->capture_default_str();
  app.add_option("--training", c.training, "pictures for training, at least 16")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  app.add_option("--test", c.test, "pictures for the test")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  app.add_option("--seed", c.seed, "of pictures, first weights and order")->capture_default_str();
  app.add_flag("--quick", quick, "160 pictures for training, 32 for the test, 3 epochs");
  app.add_option("--output", c.output, "folder for the picture")->check(CLI::ExistingDirectory);
  CLI11_PARSE(app, argc, argv);
  if (quick) c.training = 160, c.test = 32, c.epochs = 3;
  try {
    run(c);
  } catch (const std::exception& error) {
    fmt::print(stderr, "segmentation: {}\n", error.what());
    return 1;
  }
}
