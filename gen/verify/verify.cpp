#include "verify/verify.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <stdexcept>

#include <tapeless/io/file.hpp>

namespace tapeless::gen {

namespace {

/// A program that reads rows of floats from the file of its first argument and writes the rows of
/// outputs to that of its second.
std::string program_text(const network_in_header& net) {
  return fmt::format(R"(#include "{}"
#include <tapeless/tapeless.hpp>
#include <cstddef>
#include <cstdio>

using network = {};
constexpr std::size_t inputs = tapeless::input_size<network>;
constexpr std::size_t outputs = tapeless::output_size<network>;
static float x[inputs], y[outputs];

int main(int count, char** names) {{
  if (count != 3) return 2;
  std::FILE* in = std::fopen(names[1], "rb");
  std::FILE* out = std::fopen(names[2], "wb");
  if (in == nullptr || out == nullptr) return 3;
  while (std::fread(x, sizeof(float), inputs, in) == inputs) {{
    tapeless::forward<network>({}_weights, x, y);
    if (std::fwrite(y, sizeof(float), outputs, out) != outputs) return 4;
  }}
  return std::fclose(out) == 0 ? 0 : 4;
}}
)",
                     include_text(net.header), net.name, net.name);
}

/// Samples of an example: 1, or the extent of the axis of the batch.
std::int64_t samples_of(const example& e, const declaration& d) {
  const result& first = d.inputs.front();
  const bool batch = d[first.statement].dims.size() < first.dims.size();
  const auto at = e.inputs.find(first.name);
  if (at == e.inputs.end())
    throw std::runtime_error(fmt::format("there is no value for input '{}'", first.name));
  return batch && !at->second.dims.empty() ? at->second.dims[0] : 1;
}

/// The inputs of all samples, as the network takes them.
std::vector<float> rows_of(const example& e, const declaration& d, std::int64_t samples) {
  std::vector<float> rows;
  for (std::int64_t s = 0; s < samples; ++s)
    for (const result& r : d.inputs) {
      const auto at = e.inputs.find(r.name);
      if (at == e.inputs.end())
        throw std::runtime_error(fmt::format("there is no value for input '{}'", r.name));
      const std::vector<double>& numbers = at->second.numbers;
      if (static_cast<std::int64_t>(numbers.size()) != r.count * samples)
        throw std::runtime_error(fmt::format("input '{}' has {} numbers, not {} for {} sample{}",
                                             r.name, numbers.size(), r.count * samples, samples,
                                             samples == 1 ? "" : "s"));
      for (std::int64_t i = 0; i < r.count; ++i)
        rows.push_back(static_cast<float>(numbers[static_cast<std::size_t>(s * r.count + i)]));
    }
  return rows;
}

/// Distance in floats between two numbers.
double ulps(float a, double reference) {
  const auto b = static_cast<float>(reference);
  const auto place = [](float x) {
    const auto bits = static_cast<std::int64_t>(std::bit_cast<std::int32_t>(x));
    return bits < 0 ? std::int64_t{INT32_MIN} - bits : bits;
  };
  return static_cast<double>(std::llabs(place(a) - place(b)));
}

void compare(deviation& d, float got, double wanted, const tolerance& allowed, double scale) {
  ++d.count;
  if (got != got && wanted != wanted) return;
  const double difference =
      static_cast<double>(got) == static_cast<double>(static_cast<float>(wanted))
          ? 0
          : std::fabs(static_cast<double>(got) - wanted);
  const double limit =
      allowed.absolute * std::max(scale, 1.0) + allowed.relative * std::fabs(wanted);
  const double excess = difference == 0 ? 0 : difference / limit;
  d.excess = std::max(d.excess, excess != excess ? HUGE_VAL : excess);
  d.absolute = std::max(d.absolute, difference != difference ? HUGE_VAL : difference);
  if (wanted != 0) d.relative = std::max(d.relative, difference / std::fabs(wanted));
  d.ulp = std::max(d.ulp, got == got && wanted == wanted ? ulps(got, wanted) : HUGE_VAL);
}

std::vector<float> run(const network_in_header& net, const std::vector<float>& rows,
                       const compile_options& options) {
  const temporary_folder folder;
  const std::filesystem::path program =
      compile_program(program_text(net), net.header.filename().string(), folder, options);
  const std::filesystem::path in = folder.path() / "in", out = folder.path() / "out";
  write_file(in, std::as_bytes(std::span(rows)));
  const finished_process done =
      run_process({program.string(), in.string(), out.string()}, options.limits);
  if (!done.ok())
    throw std::runtime_error(
        fmt::format("the compiled network ends with status {}{}", done.status,
                    done.status > 128 ? " (a signal: is its stack too small?)" : ""));
  const byte_buffer bytes = read_file(out);
  std::vector<float> y(bytes.size() / sizeof(float));
  std::memcpy(y.data(), bytes.data(), y.size() * sizeof(float));
  return y;
}

}  // namespace

std::vector<example> random_examples(const model& m, const import_options& options, int count) {
  std::vector<example> all;
  for (int i = 0; i < count; ++i) {
    example e;
    e.inputs = random_inputs(m, options.known, 1, 1000 + static_cast<std::uint64_t>(i));
    for (const auto& [name, t] : options.constants) e.inputs[name] = t;
    e.outputs = evaluate(m, e.inputs);
    all.push_back(std::move(e));
  }
  return all;
}

std::vector<deviation> deviations(const network_in_header& net, const declaration& d,
                                  const std::vector<example>& examples, const tolerance& allowed,
                                  const compile_options& options) {
  std::vector<float> rows;
  std::vector<std::int64_t> samples;
  for (const example& e : examples) {
    samples.push_back(samples_of(e, d));
    const std::vector<float> more = rows_of(e, d, samples.back());
    rows.insert(rows.end(), more.begin(), more.end());
  }
  const std::vector<float> y = run(net, rows, options);
  std::int64_t width = 0;
  for (const result& r : d.outputs) width += r.count;
  std::vector<deviation> all;
  for (const result& r : d.outputs) {
    deviation to;
    to.output = r.name;
    std::int64_t row = 0;
    for (std::size_t i = 0; i < examples.size(); ++i) {
      const auto wanted = examples[i].outputs.find(r.name);
      if (wanted != examples[i].outputs.end()) {
        const std::vector<double>& numbers = wanted->second.numbers;
        if (static_cast<std::int64_t>(numbers.size()) != r.count * samples[i])
          throw std::runtime_error(
              fmt::format("output '{}' has {} numbers in the reference, not {}", r.name,
                          numbers.size(), r.count * samples[i]));
        double scale = 0;
        for (const double x : numbers)
          if (std::isfinite(x)) scale = std::max(scale, std::fabs(x));
        for (std::size_t k = 0; k < numbers.size(); ++k) {
          const auto s = static_cast<std::int64_t>(k) / r.count,
                     c = static_cast<std::int64_t>(k) % r.count;
          const auto at = static_cast<std::size_t>((row + s) * width + r.begin + c);
          if (at >= y.size()) throw std::runtime_error("the compiled network gave too few rows");
          compare(to, y[at], numbers[k], allowed, scale);
        }
      }
      row += samples[i];
    }
    all.push_back(to);
  }
  return all;
}

}  // namespace tapeless::gen
