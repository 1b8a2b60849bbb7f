#include <fmt/format.h>

#include <charconv>
#include <stdexcept>

#include <tapeless/io/npy.hpp>

#include "commands/command.hpp"
#include "model/arrays.hpp"

namespace tapeless::gen {

namespace {

/// "name=value" in two.
std::pair<std::string, std::string> split(const std::string& text, const char* option) {
  const std::size_t at = text.rfind('=');
  if (at == std::string::npos || at == 0 || at + 1 == text.size())
    throw std::runtime_error(fmt::format("{} '{}': write NAME=VALUE", option, text));
  return {text.substr(0, at), text.substr(at + 1)};
}

double number(const std::string& text, const char* option) {
  double x = 0;
  const char* end = text.data() + text.size();
  if (const auto [at, code] = std::from_chars(text.data(), end, x);
      code != std::errc{} || at != end)
    throw std::runtime_error(fmt::format("{}: '{}' is no number", option, text));
  return x;
}

std::vector<double> numbers(const std::string& text, const char* option) {
  std::vector<double> all;
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t to = std::min(text.find(',', from), text.size());
    all.push_back(number(text.substr(from, to - from), option));
    from = to + 1;
  }
  return all;
}

dimensions extents(const std::string& text, const char* option) {
  dimensions dims;
  for (const double x : numbers(text, option)) {
    if (!(x >= 1 && x <= 1e9) || x != static_cast<double>(static_cast<std::int64_t>(x)))
      throw std::runtime_error(fmt::format("{}: '{}' is no list of sizes", option, text));
    dims.push_back(static_cast<std::int64_t>(x));
  }
  return dims;
}

/// The value of --constant: a .npy file, a number, or numbers with commas (a vector).
tensor constant_value(const declared_value& input, const std::string& text) {
  if (text.ends_with(".npy")) return tensor_of(read_npy(text));
  const std::vector<double> all = numbers(text, "--constant");
  const bool is_scalar = all.size() == 1 && (!input.has_shape || input.dims.empty());
  tensor t = is_scalar ? scalar(input.type, all[0])
                       : zeros(input.type, {static_cast<std::int64_t>(all.size())});
  for (std::size_t i = 0; i < all.size(); ++i) t.numbers[i] = rounded_to(t.type, all[i]);
  if (!input.has_shape || input.dims.size() == t.dims.size()) return t;
  dimensions dims(input.dims.size() - 1, 1);  // a vector along the last axis
  dims.push_back(static_cast<std::int64_t>(all.size()));
  t.dims = dims;
  return t;
}

}  // namespace

void model_options::add_to(CLI::App& command) {
  command.add_option("model", file, "The .onnx file")->required();
  command.add_option("--outputs", outputs, "Outputs to keep, with commas; all unless given")
      ->delimiter(',')
      ->allow_extra_args(false);
  const auto one = [](CLI::Option* o) { o->allow_extra_args(false); };
  one(command.add_option("--dim", dims, "Size of a symbolic dimension: seq=16"));
  one(command.add_option("--shape", shapes, "Shape of an input, batch included: x=1,3,16"));
  one(command.add_option("--constant", constants,
                         "An input that is the same in every call: NAME=NUMBER[,NUMBER...] or "
                         "NAME=FILE.npy"));
  command.add_flag("--no-batch", no_batch,
                   "The first axis does not count samples: a sample has all axes of the model");
}

model model_options::read() const { return read_onnx(file, outputs); }

import_options model_options::import(const model& m) const {
  import_options o;
  o.batch = !no_batch;
  const auto input = [&](const std::string& name, const char* option) -> const declared_value& {
    std::string known;
    for (const declared_value& v : m.inputs) {
      if (v.name == name) return v;
      known += (known.empty() ? "'" : ", '") + v.name + "'";
    }
    throw std::runtime_error(
        fmt::format("{}: the model has no input '{}'; there are {}", option, name, known));
  };
  for (const std::string& text : dims) {
    const auto [name, size] = split(text, "--dim");
    const dimensions d = extents(size, "--dim");
    if (d.size() != 1) throw std::runtime_error(fmt::format("--dim '{}': one size", text));
    o.known.symbols[name] = d[0];
  }
  for (const std::string& text : shapes) {
    const auto [name, sizes] = split(text, "--shape");
    o.known.shapes[input(name, "--shape").name] = extents(sizes, "--shape");
  }
  for (const std::string& text : constants) {
    const auto [name, value] = split(text, "--constant");
    o.constants[name] = constant_value(input(name, "--constant"), value);
  }
  return o;
}

std::vector<std::string> model_options::constant_files() const {
  std::vector<std::string> files;
  for (const std::string& text : constants)
    if (text.ends_with(".npy")) files.push_back(split(text, "--constant").second);
  return files;
}

}  // namespace tapeless::gen
