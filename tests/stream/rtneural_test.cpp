// A network of RTNeural's own tests, with the outputs that were recorded there (computed with
// Keras): its weights as RTNeural's JSON has them, its samples one by one and in blocks.

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <tapeless/tapeless.hpp>
#include <vector>

namespace tl = tapeless;

namespace {

constexpr int samples = 100, width = 8;

struct net : tl::sequential<tl::input<samples, 1>, tl::named<"lstm", tl::lstm<width>>,
                            tl::named<"head", tl::dense_per_step<1>>> {};

const std::filesystem::path folder = std::filesystem::path(TAPELESS_SOURCE_DIR).parent_path() /
                                     "shared" / "models" / "rtneural_lstm_1d";

/// The number in each line of a file.
std::vector<float> column(const char* file) {
  std::ifstream text(folder / file);
  std::vector<float> numbers;
  for (double number; text >> number;) numbers.push_back(static_cast<float>(number));
  return numbers;
}

using rows = std::vector<std::vector<float>>;

/// A matrix that Keras has as {inputs, outputs}.
void set_transposed(tl::parameters<net>& theta, const char* path, const rows& matrix) {
  const int tensor = theta.tensors().find(path);
  REQUIRE(tensor >= 0);
  const std::size_t outputs = matrix[0].size();
  for (std::size_t i = 0; i < matrix.size(); ++i)
    for (std::size_t o = 0; o < outputs; ++o)
      theta.set(tensor, static_cast<int>(o * matrix.size() + i), matrix[i][o]);
}
void set(tl::parameters<net>& theta, const char* path, const std::vector<float>& numbers) {
  const int tensor = theta.tensors().find(path);
  REQUIRE(tensor >= 0);
  for (std::size_t i = 0; i < numbers.size(); ++i)
    theta.set(tensor, static_cast<int>(i), numbers[i]);
}

}  // namespace

TEST_CASE("an lstm of RTNeural streams to its recorded output") {
  if (!std::filesystem::exists(folder)) {
    WARN("not run: " + folder.string() + " is not there");
    return;
  }
  std::ifstream file(folder / "lstm_1d.json");
  const nlohmann::json layers = nlohmann::json::parse(file)["layers"];
  tl::parameters<net> theta;
  const auto& lstm = layers[0]["weights"];
  const auto& dense = layers[1]["weights"];
  set_transposed(theta, "lstm.weight_ih_l0", lstm[0].get<rows>());
  set_transposed(theta, "lstm.weight_hh_l0", lstm[1].get<rows>());
  set(theta, "lstm.bias_ih_l0", lstm[2].get<std::vector<float>>());
  set_transposed(theta, "head.weight", dense[0].get<rows>());
  set(theta, "head.bias", dense[1].get<std::vector<float>>());

  const std::vector<float> x = column("lstm_1d_x_python.csv"),
                           wanted = column("lstm_1d_y_python.csv");
  REQUIRE(x.size() == samples);
  REQUIRE(wanted.size() == samples);
  for (const int block : {1, 7, 16, 100}) {
    INFO("blocks of " << block);
    tl::stream<net, tl::blocks<16, 1>, tl::time_axis<0>> stream;
    std::vector<float> y(samples);
    for (int first = 0; first < samples; first += block)
      stream.process(theta, x.data() + first, y.data() + first, std::min(block, samples - first));
    for (std::size_t i = 0; i < y.size(); ++i)
      CHECK(y[i] == Approx(wanted[i]).margin(1.3e-6));  // the case's own tolerance
  }
}
