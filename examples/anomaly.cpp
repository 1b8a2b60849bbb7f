// Sounds of a machine: an autoencoder learns how it sounds while it runs well, and what it cannot
// give back is a fault. The sounds are synthetic (anomaly/sounds.hpp), the net is in
// anomaly/net.cpp.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <exception>
#include <tapeless/io/scaling.hpp>
#include <tapeless/train/plot_curves.hpp>
#include <tapeless/train/png.hpp>
#include <tapeless/train/table.hpp>

#include "anomaly/net.hpp"
#include "anomaly/sounds.hpp"

namespace tl = tapeless;
using anomaly::fault;

namespace {

struct choice {
  int epochs = 20, training = 400, test = 100;
  std::uint32_t seed = 1;
  std::filesystem::path output = ".";
};

/// Windows of `count` sounds; a clip is as many rows as clip_windows.
tl::dataset<float> clips(tl::mt19937& random, fault f, int count) {
  tl::dataset<float> data{{}, {}, anomaly::inputs, anomaly::inputs, {}};
  for (int i = 0; i < count; ++i) {
    const auto windows = anomaly::windows_of(anomaly::machine(random, f));
    data.xs.insert(data.xs.end(), windows.begin(), windows.end());
  }
  return data;
}

/// Mean squared distance between rows and what stands for them, one number per clip.
std::vector<double> distances(const tl::dataset<float>& rows, const std::vector<float>& given,
                              int clips) {
  const std::size_t size = rows.xs.size() / static_cast<std::size_t>(clips);
  std::vector<double> all;
  for (std::size_t begin = 0; begin < rows.xs.size(); begin += size) {
    double sum = 0;
    for (std::size_t i = begin; i < begin + size; ++i) {
      const double d = rows.xs[i] - (given.empty() ? 0.0f : given[i]);
      sum += d * d;
    }
    all.push_back(sum / static_cast<double>(size));
  }
  return all;
}

/// Shares of sounds that are called a fault as the threshold falls: of those without and those with
/// one.
struct roc {
  std::vector<double> false_alarms{0}, found{0};
  double area = 0;

  roc(const std::vector<double>& without, const std::vector<double>& with) {
    std::vector<std::pair<double, bool>> all;
    for (const double d : without) all.emplace_back(d, false);
    for (const double d : with) all.emplace_back(d, true);
    std::ranges::sort(all, std::greater{});
    double alarms = 0, hits = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
      (all[i].second ? hits : alarms) += 1;
      if (i + 1 < all.size() && all[i + 1].first == all[i].first)
        continue;  // one threshold for equals
      false_alarms.push_back(alarms / static_cast<double>(without.size()));
      found.push_back(hits / static_cast<double>(with.size()));
      const std::size_t n = found.size();
      area += (false_alarms[n - 1] - false_alarms[n - 2]) * (found[n - 1] + found[n - 2]) / 2;
    }
  }
  /// Share of the faults that is found with at most that share of false alarms.
  double found_at(double most) const {
    double best = 0;
    for (std::size_t i = 0; i < found.size(); ++i)
      if (false_alarms[i] <= most) best = std::max(best, found[i]);
    return best;
  }
};

/// Spectra of one sound per kind, one above the other: time to the right, frequency upwards.
void draw_spectra(const std::filesystem::path& file, std::uint32_t seed) {
  constexpr int height = anomaly::bands, gap = 6, scale = 6;
  tl::image picture(61 * scale,
                    static_cast<int>(anomaly::fault_names.size()) * (height + gap) - gap);
  for (int k = 0; k < static_cast<int>(anomaly::fault_names.size()); ++k) {
    tl::mt19937 random(seed + 1000);
    const auto s = anomaly::spectrum_of(anomaly::machine(random, static_cast<fault>(k)));
    for (int x = 0; x < picture.width; ++x)
      for (int y = 0; y < height; ++y) {
        const double decibels = s[static_cast<std::size_t>(x / scale * height + height - 1 - y)];
        picture.at(x, k * (height + gap) + y) = tl::blend(
            {0x0b, 0x1d, 0x3a}, {0xff, 0xe2, 0x9a}, std::clamp((decibels + 40) / 75, 0.0, 1.0));
      }
  }
  tl::write_file(file, tl::encode_png(picture));
}

void run(const choice& c) {
  tl::mt19937 random(c.seed);
  const auto raw = clips(random, fault::none, c.training);
  const auto mean = tl::standardize(raw).mean;
  const auto prepared = [&](tl::dataset<float> rows) {
    for (std::size_t i = 0; i < rows.xs.size(); ++i)
      rows.xs[i] = (rows.xs[i] - mean[i % mean.size()]) / 10;  // all in units of 10 decibels
    rows.ys = rows.xs;                                         // the target is the input
    return rows;
  };
  const auto training = prepared(raw);
  const auto normal = prepared(clips(random, fault::none, c.test));
  fmt::print(
      "{} sounds without a fault for training, {} windows of {} x {} decibels; {} of each kind for "
      "the "
      "test\nall sounds are synthetic\n\n",
      c.training, training.size(), anomaly::frames, anomaly::bands, c.test);
  const auto net = anomaly::train(training, normal, {c.epochs, c.seed});

  const auto of_net = distances(normal, net.reconstruct(normal), c.test);
  const auto of_mean = distances(normal, {}, c.test);
  std::vector<double> all_net, all_mean;
  tl::text_table table{{{"fault", tl::alignment::left},
                        {"AUC of the net"},
                        {"found at 5 % false alarms"},
                        {"AUC of the distance from the mean"}}};
  std::vector<tl::plot_series> curves;
  const auto add = [&](const std::string& name, const std::vector<double>& by_net,
                       const std::vector<double>& by_mean) {
    const roc r(of_net, by_net);
    table.add(name, r.area, r.found_at(0.05), roc(of_mean, by_mean).area);
    curves.push_back({fmt::format("{}, AUC {:.3f}", name, r.area), r.false_alarms, r.found});
  };
  for (std::size_t k = 1; k < anomaly::fault_names.size(); ++k) {
    const auto faulty = prepared(clips(random, static_cast<fault>(k), c.test));
    const auto by_net = distances(faulty, net.reconstruct(faulty), c.test);
    const auto by_mean = distances(faulty, {}, c.test);
    add(anomaly::fault_names[k], by_net, by_mean);
    all_net.insert(all_net.end(), by_net.begin(), by_net.end());
    all_mean.insert(all_mean.end(), by_mean.begin(), by_mean.end());
  }
  add("all", all_net, all_mean);
  curves.push_back({"by chance", {0, 1}, {0, 1}, true});
  fmt::print("\n{} parameters\n{}\n", net.parameters, table.str());
  tl::plot_curves(c.output / "anomaly_roc.svg", "Faults found over false alarms", curves,
                  {.x_label = "false alarms", .y_label = "faults found", .markers = false});
  draw_spectra(c.output / "anomaly_sounds.png", c.seed);
  fmt::print("pictures: {0}/anomaly_roc.svg {0}/anomaly_sounds.png\n", c.output.string());
}

}  // namespace

int main(int argc, char** argv) {
  choice c;
  bool quick = false;
  CLI::App app{
      "Learns how a machine sounds while it runs well, and finds faults by what it cannot "
      "give\nback. "
      "The sounds are made by the example."};
  app.add_option("--epochs", c.epochs)->check(CLI::PositiveNumber)->capture_default_str();
  app.add_option("--training", c.training, "sounds for training")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  app.add_option("--test", c.test, "sounds of each kind for the test")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  app.add_option("--seed", c.seed, "of sounds, first weights and order")->capture_default_str();
  app.add_flag("--quick", quick, "24 sounds for training, 8 of each kind, 4 epochs");
  app.add_option("--output", c.output, "folder for the pictures")->check(CLI::ExistingDirectory);
  CLI11_PARSE(app, argc, argv);
  if (quick) c.training = 24, c.test = 8, c.epochs = 4;
  try {
    run(c);
  } catch (const std::exception& error) {
    fmt::print(stderr, "anomaly: {}\n", error.what());
    return 1;
  }
}
