#pragma once
// Words for what graphs and plans are made of, shared by the reports.

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <tapeless/core/config.hpp>
#include <tapeless/graph/table.hpp>
#include <tapeless/ops/write_back.hpp>

namespace tapeless::detail {

/// Extents as PyTorch prints them: `[64, 16]`, `[]` for a scalar.
TAPELESS_NATIVE inline std::string text_of(const shape& s) {
  std::string text = "[";
  for (int i = 0; i < s.rank; ++i) text += fmt::format("{}{}", i > 0 ? ", " : "", s[i]);
  return text + "]";
}

/// A size with a unit that keeps it short: `512 B`, `1.5 KiB`, `2.0 MiB`.
TAPELESS_NATIVE inline std::string text_of_bytes(long long bytes) {
  const double b = static_cast<double>(bytes);
  if (bytes < 1024) return fmt::format("{} B", bytes);
  if (bytes < 1024 * 1024) return fmt::format("{:.1f} KiB", b / 1024);
  return fmt::format("{:.1f} MiB", b / (1024 * 1024));
}

/// A whole number with separators between thousands: `12,345`.
TAPELESS_NATIVE inline std::string text_of_count(double n) {
  std::string digits = fmt::format("{:.0f}", n);
  for (int i = static_cast<int>(digits.size()) - 3; i > (n < 0 ? 1 : 0); i -= 3)
    digits.insert(static_cast<std::size_t>(i), ",");
  return digits;
}

TAPELESS_NATIVE inline std::string_view text_of(place p) {
  constexpr std::string_view names[place_count] = {"memory", "parameters", "gradient", "state",
                                                   "input",  "target",     "output",   "loss",
                                                   "scalar", "weight",     "history"};
  return names[static_cast<int>(p)];
}

/// What a store writes: `0.weight`, `state 0.weight`, `loss`.
template <class Graph>
TAPELESS_NATIVE std::string text_of_store(const Graph& g, const node& n) {
  const write_back::attributes to = stored_by(n);
  if (to.tensor < 0) return std::string{text_of(to.where)};
  const std::string_view name = g.tensors[to.tensor].name.view();
  return to.where == place::parameters ? std::string{name}
                                       : fmt::format("{} {}", text_of(to.where), name);
}

/// A node in a few words: the name of a leaf, the number of a constant, else the operation.
template <class Graph>
TAPELESS_NATIVE std::string text_of_node(const Graph& g, int i) {
  const node& n = g[i];
  if (n.op->kind == family::constant) return fmt::format("{:g}", number_of(n));
  if (n.op->kind == family::assign) return "store " + text_of_store(g, n);
  if (n.op->kind != family::tensor) return n.op->name;
  const tensor& t = g.tensors[tensor_of(n)];
  if (t.where == place::state || t.where == place::gradients)
    return fmt::format("{} {}", text_of(t.where), t.name.view());
  return std::string{t.name.view()};
}

}  // namespace tapeless::detail
