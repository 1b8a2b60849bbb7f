// A table with categories: how far diabetes progresses within a year, from ten measurements of 442
// patients. Categories are embedded, numbers normalised over the batch; the networks are in
// tabular/.
#include <CLI/CLI.hpp>
#include <cmath>
#include <exception>
#include <tapeless/train/plot_curves.hpp>
#include <tapeless/train/table.hpp>

#include "tabular/models.hpp"

namespace tl = tapeless;

namespace {

struct choice {
  int splits = 10, epochs = 20;
  std::uint32_t seed = 1;
  std::filesystem::path output = ".";
};

/// Errors of one model on the test sets of all splits.
struct scores {
  std::vector<double> mae, rmse, r2;
  void add(const std::vector<float>& outputs, const tl::dataset<float>& test) {
    const auto s = tl::regression(tl::prediction_view<float>{outputs.data(), test.ys.data(),
                                                             static_cast<int>(test.size()), 1, 1});
    mae.push_back(s.mae);
    rmse.push_back(s.rmse);
    r2.push_back(s.r2);
  }
};

std::string mean_and_deviation(const std::vector<double>& values, int digits) {
  double mean = 0, squares = 0;
  for (const double v : values) mean += v / static_cast<double>(values.size());
  for (const double v : values)
    squares += (v - mean) * (v - mean) / static_cast<double>(values.size());
  return fmt::format("{:.{}f} +- {:.{}f}", mean, digits, std::sqrt(squares), digits);
}

/// What the model says of the average patient at each age, for both sexes.
void plot_by_age(const tabular::model& predict, const tl::dataset<float>& data,
                 const std::filesystem::path& file) {
  std::vector<tl::plot_series> curves;
  for (int sex = 0; sex < 2; ++sex) {
    tl::dataset<float> rows{{}, {}, tabular::columns, 1, {}};
    std::vector<double> age;
    for (int band = 0; band < tabular::bands; ++band) {
      rows.xs.push_back(static_cast<float>(sex));
      rows.xs.push_back(static_cast<float>(band));
      for (int k = 2; k < tabular::columns; ++k) {
        double mean = 0;
        for (std::size_t i = 0; i < data.size(); ++i)
          mean += data.row(i)[static_cast<std::size_t>(k)];
        rows.xs.push_back(static_cast<float>(mean / static_cast<double>(data.size())));
      }
      rows.ys.push_back(0);
      age.push_back(25 + 10 * band);
    }
    const std::vector<float> outputs = predict(rows);
    curves.push_back({fmt::format("sex {}", sex + 1), age, {outputs.begin(), outputs.end()}});
  }
  tl::plot_curves(file, "Progression that the network expects of the average patient", curves,
                  {.x_label = "age, middle of its band", .y_label = "progression"});
}

void run(const choice& c) {
  const tl::dataset<float> data = tabular::patients();
  fmt::print("{} patients: sex and {} bands of age as categories, {} numbers\n", data.size(),
             tabular::bands, tabular::numbers);
  fmt::print(
      "age is a number in the file; it is cut into bands here, so that there are two "
      "categories\n\n");
  scores mean, line, net;
  tabular::trained shown;
  for (int split = 0; split < c.splits; ++split) {
    const auto seed = c.seed + static_cast<std::uint32_t>(split);
    const auto parts = tl::train_test_split(data, 0.2, seed);
    double average = 0;
    for (const float y : parts.train.ys) average += y / static_cast<double>(parts.train.size());
    mean.add(std::vector<float>(parts.test.size(), static_cast<float>(average)), parts.test);
    line.add(tabular::train_line(parts, {c.epochs, seed, nullptr}).predict(parts.test), parts.test);
    auto trained = tabular::train_net(parts, {c.epochs, seed, nullptr});
    net.add(trained.predict(parts.test), parts.test);
    fmt::print("split {:2} of {}: {} patients for training, {} for the test, R2 {:.3f}\n",
               split + 1, c.splits, parts.train.size(), parts.test.size(), net.r2.back());
    std::fflush(stdout);
    if (split == 0) shown = std::move(trained);
  }
  tl::text_table table{{{"on the test sets", tl::alignment::left},
                        {"parameters"},
                        {"mean absolute error"},
                        {"root mean square"},
                        {"R2"}}};
  const auto row = [&](const char* name, int parameters, const scores& s) {
    table.add(name, parameters, mean_and_deviation(s.mae, 1), mean_and_deviation(s.rmse, 1),
              mean_and_deviation(s.r2, 3));
  };
  row("mean of the training set", 1, mean);
  row("linear, categories as numbers", tabular::columns + 1, line);
  row("network with embeddings", shown.parameters, net);
  fmt::print("\n{}\n", table.str());
  tl::plot_history(c.output / "tabular_loss.svg", "Loss of the first split", shown.run,
                   {.y_label = "mean squared error in variances"});
  plot_by_age(shown.predict, data, c.output / "tabular_age.svg");
  fmt::print("pictures: {0}/tabular_loss.svg {0}/tabular_age.svg\n", c.output.string());
}

}  // namespace

int main(int argc, char** argv) {
  choice c;
  bool quick = false;
  CLI::App app{
      "Learns how diabetes progresses from a table with categories.\n\nThe data are those of "
      "scikit-learn, sklearn/diabetes_data_raw.csv.gz and\nsklearn/diabetes_target.csv.gz in "
      "$TAPELESS_DATA or a folder data/."};
  app.add_option("--splits", c.splits, "into training and test set, of which means are printed")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  app.add_option("--epochs", c.epochs)->check(CLI::PositiveNumber)->capture_default_str();
  app.add_option("--seed", c.seed, "of splits, first weights and order")->capture_default_str();
  app.add_flag("--quick", quick, "2 splits of 10 epochs");
  app.add_option("--output", c.output, "folder for the pictures")->check(CLI::ExistingDirectory);
  CLI11_PARSE(app, argc, argv);
  if (quick) c.splits = 2, c.epochs = 10;
  try {
    run(c);
  } catch (const std::exception& error) {
    fmt::print(stderr, "tabular: {}\n", error.what());
    return 1;
  }
}
