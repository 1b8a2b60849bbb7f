#include "header/numbers.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstring>
#include <map>
#include <set>

#include "header/print.hpp"

namespace tapeless::gen {

namespace {

std::string hex_text(double x) {
  const auto f = static_cast<float>(x);
  if (f != f) return "__builtin_nanf(\"\")";
  if (f == __builtin_inff()) return "__builtin_inff()";
  if (f == -__builtin_inff()) return "-__builtin_inff()";
  return f == 0 ? (std::signbit(f) ? "-0.f" : "0.f") : fmt::format("{:a}f", f);
}

}  // namespace

std::string numbers_text(const std::vector<double>& numbers) {
  std::string text, line = "   ";
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const std::string x = hex_text(numbers[i]) + (i + 1 < numbers.size() ? "," : "");
    if (line.size() + 1 + x.size() > 100) {
      text += line + "\n";
      line = "   ";
    }
    line += " " + x;
  }
  return text + line;
}

std::string bytes_of(const declaration& d) {
  std::string bytes;
  for (const weight& w : d.weights)
    for (const double x : w.numbers) {
      const auto f = static_cast<float>(x);
      char four[4];
      std::memcpy(four, &f, sizeof four);
      bytes.append(four, sizeof four);
    }
  return bytes;
}

std::vector<std::string> array_names(const declaration& d) {
  std::vector<std::string> names;
  std::set<std::string> taken;
  std::map<std::string, int> next;
  for (const weight& w : d.weights) {
    std::string name = identifier_of(w.path);
    if (name.empty()) name = "value";
    std::string free = name;
    // Counted on from the last one: many paths may become the same word.
    for (int& k = next[name]; !taken.insert(free).second; ++k)
      free = fmt::format("{}_{}", name, k + 2);
    names.push_back(std::move(free));
  }
  return names;
}

}  // namespace tapeless::gen
