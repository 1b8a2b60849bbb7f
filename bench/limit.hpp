#pragma once
// The least time a job can take, from what the probe measured in the same run.
#include <algorithm>
#include <cstddef>
#include <map>
#include <string>

#include "contender.hpp"

namespace contest {

/// What vectors of one width reach: amounts per ns, or ns for the latencies.
struct rates {
  int vector_bytes = 0;
  double fma = 0;            ///< vector FMAs per ns
  double fma_latency = 0;    ///< ns until a sum can be used
  double store_to_load = 0;  ///< ns from a store of a vector until a broadcast load of it is there
  std::map<std::string, double> read;    ///< bytes per ns by level: "L1", "L2", "L3"
  std::map<std::string, double> update;  ///< bytes per ns read and written back
};

struct machine {
  std::size_t l1 = 0, l2 = 0;  ///< bytes
  double call = 0;             ///< ns of a call that does nothing
  std::map<int, rates> by_width;
};

/// ns, and which of the bounds it is: "fma", "L1", "L2", "L3", "call" or "chain".
struct bound {
  double ns = 0;
  std::string by = "none";
};

/// The smallest cache that holds so many bytes; all beyond L2 counts as L3.
inline std::string level_of(const machine& m, double bytes) {
  return bytes <= static_cast<double>(m.l1)   ? "L1"
         : bytes <= static_cast<double>(m.l2) ? "L2"
                                              : "L3";
}

/// limit = max(flops / FMA rate, bytes read / read rate, bytes updated / update rate, one call).
///
/// Of all vectors up to `vector_bytes` wide the fastest counts, for each bound by itself; the bytes
/// are parameters (and optimizer state) without padding, in the smallest cache that holds them.
/// Where each call waits for the one before, layers cannot overlap either: then
/// layers * (store to load + FMA latency) is added to the work, which is an estimate, not a bound
/// (a next layer may start on the first results of the one before).
inline bound limit_of(const work& w, const machine& m, int vector_bytes, int scalar_bytes,
                      int dependent_layers = 0) {
  bound best{m.call, "call"};
  double fma = 0, read = 0, update = 0, chain = 0;
  const std::string level = level_of(m, w.read_bytes + w.updated_bytes);
  const auto at = [&](const std::map<std::string, double>& of) {
    const auto found = of.find(level);
    return found == of.end() ? 0.0 : found->second;
  };
  for (const auto& [width, r] : m.by_width) {
    if (width > vector_bytes) continue;
    fma = std::max(fma, 2.0 * r.fma * width / scalar_bytes);
    read = std::max(read, at(r.read));
    update = std::max(update, at(r.update));
    const double link = r.store_to_load + r.fma_latency;
    chain = chain == 0 ? link : std::min(chain, link);
  }
  const auto raise = [&](double amount, double rate, const std::string& by) {
    if (rate > 0 && amount / rate > best.ns) best = {amount / rate, by};
  };
  raise(w.flops, fma, "fma");
  raise(w.read_bytes, read, level);
  raise(w.updated_bytes, update, level);
  if (dependent_layers > 0) best = {best.ns + dependent_layers * chain, "chain"};
  return best;
}

}  // namespace contest
