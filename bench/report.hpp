#pragma once
// Rows of results, as JSON and as Markdown tables.
#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "limit.hpp"

namespace contest {

struct timing {
  double ns = 0, median_ns = 0;  ///< least and median of the repetitions
  std::string variant = {};      ///< of several sets of flags the fastest
};

/// Percentiles of single calls in ns, each with a measurement around it.
struct latency {
  double p50 = 0, p99 = 0, p999 = 0, max = 0;
};

/// What one build of Tapeless reached in one job.
struct result {
  std::string name, compiler, arch;
  timing ours;
  bound limit;
  std::map<std::string, timing> peers;
  std::optional<latency> calls = {};
  std::optional<double> rows_per_second = {};
  std::optional<double> float_ns = {};  ///< for a row in double: the same job in float
};

inline timing summarise(std::vector<double> ns, std::string variant = {}) {
  std::sort(ns.begin(), ns.end());
  const std::size_t half = ns.size() / 2;
  const double median = ns.size() % 2 != 0 ? ns[half] : (ns[half - 1] + ns[half]) / 2;
  return {ns.front(), median, std::move(variant)};
}

/// Sorts the ticks.
inline latency percentiles(std::vector<std::uint32_t>& ticks, double ns_per_tick) {
  std::sort(ticks.begin(), ticks.end());
  const auto at = [&](double part) {
    const auto last = static_cast<double>(ticks.size() - 1);
    return ns_per_tick * ticks[static_cast<std::size_t>(part * last)];
  };
  return {at(0.5), at(0.99), at(0.999), at(1)};
}

inline nlohmann::json to_json(const latency& l) {
  return {{"p50", l.p50}, {"p99", l.p99}, {"p99.9", l.p999}, {"max", l.max}};
}

inline nlohmann::json to_json(const result& r) {
  nlohmann::json peers = nlohmann::json::object(), details = nlohmann::json::object();
  for (const auto& [name, t] : r.peers) {
    peers[name] = t.ns;
    details[name] = {{"median_ns", t.median_ns}, {"variant", t.variant}};
  }
  nlohmann::json out{{"name", r.name},
                     {"compiler", r.compiler},
                     {"arch", r.arch},
                     {"ns", r.ours.ns},
                     {"median_ns", r.ours.median_ns},
                     {"limit_ns", r.limit.ns},
                     {"limit_by", r.limit.by},
                     {"peers", peers},
                     {"peer_details", details}};
  if (r.calls) out["latency_ns"] = to_json(*r.calls);
  if (r.rows_per_second) out["samples_per_second"] = *r.rows_per_second;
  if (r.float_ns) out["float_ns"] = *r.float_ns;
  return out;
}

inline nlohmann::json to_json(const std::vector<result>& all) {
  nlohmann::json list = nlohmann::json::array();
  for (const result& r : all) list.push_back(to_json(r));
  return list;
}

/// Lines of cells as a Markdown table that is aligned as plain text too; the first line is its
/// head.
inline std::string table(const std::vector<std::vector<std::string>>& lines) {
  std::vector<std::size_t> width;
  for (const auto& line : lines) {
    width.resize(std::max(width.size(), line.size()), 3);
    for (std::size_t i = 0; i < line.size(); ++i) width[i] = std::max(width[i], line[i].size());
  }
  std::string text;
  for (std::size_t n = 0; n < lines.size(); ++n) {
    for (std::size_t i = 0; i < width.size(); ++i)
      text += i == 0 ? fmt::format("| {:<{}} ", lines[n][i], width[i])
                     : fmt::format("| {:>{}} ", lines[n][i], width[i]);
    text += "|\n";
    if (n != 0) continue;
    for (std::size_t i = 0; i < width.size(); ++i)
      text += fmt::format("|{}{}", std::string(width[i] + 1, '-'), i == 0 ? '-' : ':');
    text += "|\n";
  }
  return text;
}

/// 3 to 4 digits that matter.
inline std::string number(double x) {
  return fmt::format("{:.{}f}", x, x < 10 ? 2 : x < 1000 ? 1 : 0);
}

/// Time, limit and peers of the rows in float; in brackets our time over theirs.
inline std::string speed_table(const std::vector<result>& all,
                               const std::vector<std::string>& order) {
  std::vector<std::string> shown;
  for (const std::string& p : order)
    if (std::any_of(all.begin(), all.end(), [&](const result& r) { return r.peers.contains(p); }))
      shown.push_back(p);
  std::vector<std::vector<std::string>> lines{
      {"job", "build", "ns", "median", "limit", "by", "ns/limit"}};
  lines[0].insert(lines[0].end(), shown.begin(), shown.end());
  for (const result& r : all) {
    if (r.float_ns) continue;
    lines.push_back({r.name, r.compiler + " " + r.arch, number(r.ours.ns), number(r.ours.median_ns),
                     number(r.limit.ns), r.limit.by,
                     fmt::format("{:.2f}", r.ours.ns / r.limit.ns)});
    for (const std::string& p : shown) {
      const auto peer = r.peers.find(p);
      lines.back().push_back(
          peer == r.peers.end()
              ? "-"
              : fmt::format("{} ({:.2f})", number(peer->second.ns), r.ours.ns / peer->second.ns));
    }
  }
  return lines.size() == 1 ? "" : table(lines);
}

/// The rows in double beside those in float.
inline std::string double_table(const std::vector<result>& all) {
  std::vector<std::vector<std::string>> lines{
      {"job", "build", "ns", "limit", "by", "ns/limit", "float ns", "double/float"}};
  for (const result& r : all) {
    if (!r.float_ns) continue;
    lines.push_back({r.name, r.compiler + " " + r.arch, number(r.ours.ns), number(r.limit.ns),
                     r.limit.by, fmt::format("{:.2f}", r.ours.ns / r.limit.ns), number(*r.float_ns),
                     fmt::format("{:.2f}", r.ours.ns / *r.float_ns)});
  }
  return lines.size() == 1 ? "" : table(lines);
}

}  // namespace contest
