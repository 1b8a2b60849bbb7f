// The evaluator against ONNX's own tests of operators, where the system has them.

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <map>

#include <tapeless/io/error.hpp>

#include "evaluate/evaluate.hpp"
#include "operators/operator.hpp"

namespace tl = tapeless;
namespace gen = tapeless::gen;
namespace fs = std::filesystem;

namespace {

fs::path tests_folder() {
  const char* chosen = std::getenv("TAPELESS_ONNX_NODE_TESTS");
  return chosen != nullptr ? chosen : "/usr/lib/python3/dist-packages/onnx/backend/test/data/node";
}

/// What the type's own rounding allows, and the float arithmetic of most expected outputs.
double tolerance(gen::element type, double wanted) {
  const double relative = type == gen::element::f16    ? 2e-3
                          : type == gen::element::bf16 ? 2e-2
                                                       : 1e-4;
  return relative * std::fabs(wanted) + (relative > 1e-4 ? relative : 1e-5);
}

bool same(double got, double wanted, gen::element type) {
  if (std::isnan(wanted)) return std::isnan(got);
  return got == wanted || std::fabs(got - wanted) <= tolerance(type, wanted);
}

std::string difference(const gen::tensor& got, const gen::tensor& wanted) {
  if (got.dims != wanted.dims)
    return "shape " + gen::text_of(got.dims) + ", not " + gen::text_of(wanted.dims);
  if (got.texts != wanted.texts) return "other texts";
  for (std::size_t i = 0; i < wanted.numbers.size(); ++i)
    if (!same(got.numbers[i], wanted.numbers[i], wanted.type))
      return "element " + std::to_string(i) + " is " + std::to_string(got.numbers[i]) + ", not " +
             std::to_string(wanted.numbers[i]);
  return {};
}

/// Tests whose expected outputs are no reference: bfloat16 stored as integers, and windows that the
/// models compute with another number for pi than the outputs.
bool is_reference(const std::string& name) {
  return name.find("BFLOAT16") == std::string::npos && name.find("window") == std::string::npos;
}

bool is_supported(const gen::model& m) {
  return std::all_of(m.nodes.begin(), m.nodes.end(), [](const gen::node& n) {
    return gen::find_operator(n.domain, n.operation) != nullptr;
  });
}

/// Runs one data set; returns what differs.
std::string run(const gen::model& m, const fs::path& data) {
  gen::tensors inputs;
  for (std::size_t i = 0; i < m.inputs.size(); ++i)
    inputs[m.inputs[i].name] = gen::read_tensor(data / ("input_" + std::to_string(i) + ".pb"));
  const gen::tensors outputs = gen::evaluate(m, inputs);
  for (std::size_t i = 0; i < m.outputs.size(); ++i) {
    const gen::tensor wanted = gen::read_tensor(data / ("output_" + std::to_string(i) + ".pb"));
    const std::string text = difference(outputs.at(m.outputs[i].name), wanted);
    if (!text.empty()) return m.outputs[i].name + ": " + text;
  }
  return {};
}

}  // namespace

TEST_CASE("the evaluator computes what ONNX's tests of operators expect", "[gen][onnx]") {
  if (!fs::is_directory(tests_folder())) {
    WARN("no tests in " << tests_folder() << ": python3-onnx has them");
    return;
  }
  std::map<std::string, std::string> refused;
  int passed = 0;
  for (const fs::directory_entry& test : fs::directory_iterator(tests_folder())) {
    const std::string name = test.path().filename().string();
    CAPTURE(name);
    gen::model m;
    try {
      m = gen::read_onnx(test.path() / "model.onnx");
      if (!is_supported(m) || !is_reference(name)) continue;
      const std::string text = run(m, test.path() / "test_data_set_0");
      CHECK(text == "");
      passed += text.empty() ? 1 : 0;
    } catch (const gen::model_refused& r) {
      refused[name] = r.reasons.front().what;
    } catch (const tl::file_error&) {
      continue;  // types, sequences and optional values that the importer does not read
    }
  }
  for (const auto& [name, why] : refused) UNSCOPED_INFO(name << ": " << why);
  // Refusals are what training and rounding modes are; the rest is computed.
  CHECK(refused.size() < 60);
  CHECK(passed > 300);
}
