// Models of tests/data/onnx: the headers beside them are what an import writes, and compute what
// onnxruntime computed (make_models.py).

#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <tapeless/host.hpp>

#include "data/onnx/axes.hpp"
#include "data/onnx/blocks.hpp"
#include "data/onnx/chain.hpp"
#include "data/onnx/external.hpp"
#include "data/onnx/functions.hpp"
#include "data/onnx/rows.hpp"
#include "data/onnx/shapes.hpp"
#include "declare/import_model.hpp"
#include "header/header.hpp"

namespace gen = tapeless::gen;

namespace {

const std::filesystem::path folder =
    std::filesystem::path(TAPELESS_SOURCE_DIR) / "tests" / "data" / "onnx";

std::string text_of(const std::filesystem::path& file) {
  std::ifstream stream(file);
  std::stringstream text;
  text << stream.rdbuf();
  return text.str();
}

/// The message of a refusal, or the file's error.
std::string refusal_of(const char* name, const gen::import_options& options = {}) {
  try {
    gen::import_model(gen::read_onnx(folder / name), options);
  } catch (const std::exception& e) {
    return e.what();
  }
  return "";
}

/// The network's outputs for the inputs of references.json are those noted there.
template <class Net>
void agrees(const char* name, const tl::parameters<Net>& theta) {
  const auto rows = nlohmann::json::parse(text_of(folder / "references.json"))[name];
  REQUIRE(rows.size() == 2);
  for (const auto& row : rows) {
    const auto x = row["x"].template get<std::array<float, tl::input_size<Net>>>();
    const auto wanted = row["y"].template get<std::array<float, tl::output_size<Net>>>();
    const auto y = tl::forward<Net>(theta, x);
    for (std::size_t i = 0; i < y.size(); ++i)
      CHECK(y[i] == Approx(wanted[i]).epsilon(1e-5).margin(1e-6));
  }
}

constexpr auto at_zero =
    tl::forward<imported::chain>(imported::chain_weights, std::array<float, 3>{});
static_assert(at_zero[0] + at_zero[1] > 0.999f && at_zero[0] + at_zero[1] < 1.001f);
static_assert(imported::rows_input::b == 3 && imported::rows_output::most == 3);

}  // namespace

TEST_CASE("an import writes the same header each time", "[gen]") {
  for (const char* name : {"chain", "blocks", "shapes", "functions", "rows", "external", "axes"}) {
    INFO(name);
    const gen::model m = gen::read_onnx(folder / (std::string(name) + ".onnx"));
    const std::filesystem::path header = folder / (std::string(name) + ".hpp");
    gen::header_options options;
    options.name = name;
    options.name_space = "imported";
    options.file = header;
    const auto files = gen::header_files(m, gen::import_model(m), options);
    REQUIRE(files.size() == 1);
    CHECK(files[0].content == text_of(header));
  }
}

TEST_CASE("imported networks compute what the models do", "[gen]") {
  agrees<imported::chain>("chain", imported::chain_weights);
  agrees<imported::blocks>("blocks", imported::blocks_weights);
  agrees<imported::shapes>("shapes", imported::shapes_weights);
  agrees<imported::functions>("functions", imported::functions_weights);
  agrees<imported::rows>("rows", imported::rows_weights);
  agrees<imported::external>("external", imported::external_weights);
  agrees<imported::axes>("axes", imported::axes_weights);
}

TEST_CASE("an imported network is trained further", "[gen]") {
  tl::trainer<imported::chain, tl::mse, tl::sgd> t(imported::chain_weights,
                                                   {.learning_rate = 0.5f});
  const float x[] = {0.5f, -0.25f, 1.0f}, y[] = {1.0f, 0.0f};
  const float before = t.loss(x, y);
  for (int i = 0; i < 20; ++i) t.step(x, y);
  CHECK(t.loss(x, y) < before);
}

TEST_CASE("what cannot be imported is refused with every reason", "[gen]") {
  using Catch::Contains;
  CHECK_THAT(refusal_of("mixes_samples.onnx"),
             Contains("output 'y': its rows depend on one another"));
  const std::string both = refusal_of("no_operator.onnx");
  CHECK_THAT(both, Contains("2 reasons"));
  CHECK_THAT(both, Contains("node 'conv1' (Conv)"));
  CHECK_THAT(both, Contains("node 'where' (NonZero)"));
  const std::string axes = refusal_of("seven_axes.onnx");
  CHECK_THAT(axes, Contains("node 'wide' (Reshape): the result has 7 axes, of 6 at most"));
  CHECK_THAT(refusal_of("open_length.onnx"), Contains("--dim seq=16"));
  gen::import_options bound;
  bound.known.symbols["seq"] = 5;
  CHECK(refusal_of("open_length.onnx", bound).empty());
  CHECK_THAT(refusal_of("computed_shape.onnx"), Contains("--constant s="));
  gen::import_options constant;
  constant.constants["s"] = gen::vector_of({2, 2});
  CHECK(refusal_of("computed_shape.onnx", constant).empty());
}
