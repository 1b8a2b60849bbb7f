// Reference inputs and outputs from the folders of ONNX's own test data.

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "verify/verify.hpp"

namespace tapeless::gen {

namespace {

/// One folder with input_0.pb, input_1.pb, ... and output_0.pb, ...
example example_in(const std::filesystem::path& folder, const model& m) {
  example e;
  const auto read = [&](const char* kind, std::size_t i) {
    return read_tensor(folder / fmt::format("{}_{}.pb", kind, i));
  };
  std::size_t i = 0;
  for (const std::string& name : m.all_inputs)
    if (const auto file = folder / fmt::format("input_{}.pb", i); std::filesystem::exists(file))
      e.inputs[name] = read("input", i++);
  for (std::size_t k = 0; k < m.outputs.size(); ++k)
    if (std::filesystem::exists(folder / fmt::format("output_{}.pb", k)))
      e.outputs[m.outputs[k].name] = read("output", k);
  return e;
}

}  // namespace

std::vector<example> examples_in(const std::filesystem::path& folder, const model& m) {
  if (std::filesystem::exists(folder / "input_0.pb")) return {example_in(folder, m)};
  std::vector<std::filesystem::path> sets;
  if (std::filesystem::is_directory(folder))
    for (const auto& entry : std::filesystem::directory_iterator(folder))
      if (entry.is_directory() && entry.path().filename().string().starts_with("test_data_set"))
        sets.push_back(entry.path());
  std::sort(sets.begin(), sets.end());
  std::vector<example> all;
  for (const std::filesystem::path& set : sets) all.push_back(example_in(set, m));
  if (all.empty())
    throw std::runtime_error(
        fmt::format("'{}' has neither input_0.pb nor test_data_set_* in it", folder.string()));
  return all;
}

}  // namespace tapeless::gen
