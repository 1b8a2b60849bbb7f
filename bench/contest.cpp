#include "contest.hpp"

#include <stdexcept>

#include "check.hpp"
#include "pinned.hpp"

namespace contest {
namespace {

/// What a call costs that does nothing.
struct idle : worker<float> {
  void load(std::span<const int>, const float*) override {}
  void forward(const float*, float*) override { asm volatile(""); }
};

/// What makes a job's workers: the threads that they own may run on any processor.
template <class T>
std::function<std::unique_ptr<worker<T>>()> maker_of(
    const job& j, const std::function<std::unique_ptr<worker<T>>()>& make) {
  if (!make || !j.wall_time) return make;
  return [make] {
    const pinned::anywhere threads;
    return make();
  };
}

template <class T>
entrant enter_one(const std::string& row, const std::string& label, const job& j,
                  const std::function<std::unique_ptr<worker<T>>()>& plain, const effort& e) {
  const auto make = maker_of<T>(j, plain);
  const double allowed = j.approximation + (sizeof(T) == 8 ? 1e-10 : 2e-5);
  const std::shared_ptr<worker<T>> w = make();
  const double error = error_of(*w, j);
  if (!(error <= allowed))
    throw std::runtime_error(fmt::format("{}: {} is wrong by {}", row, label, error));
  entrant in{row, label, j, sizeof(T) == 8, w->cost(), nullptr, nullptr};
  add_worker<T>(in.benchmark(), j, make, e);
  if constexpr (sizeof(T) == 8)
    in.in_double = w;
  else
    in.in_float = w;
  return in;
}

}  // namespace

bool selected(const job& j, const std::regex& filter) {
  return std::regex_search(j.name, filter) || std::regex_search(double_name(j), filter);
}

std::vector<entrant> enter(const modules& all, const std::regex& filter, const effort& e) {
  std::vector<entrant> entrants;
  for (const job& j : jobs()) {
    for (const auto& [label, c] : all.contenders) {
      const bool ours = label_parts(label).who == "tapeless";
      if (!ours && !j.alone_as.empty()) continue;
      if (c.job != (ours ? j.offered_as() : j.offered_by_peers_as())) continue;
      // A double row needs its float row to be compared with.
      if (c.in_float && selected(j, filter))
        entrants.push_back(enter_one<float>(j.name, label, j, c.in_float, e));
      if (c.in_double && std::regex_search(double_name(j), filter))
        entrants.push_back(enter_one<double>(double_name(j), label, j, c.in_double, e));
    }
  }
  return entrants;
}

void add_probes(const modules& all, const effort& e) {
  for (const probe& p : all.probes) add_probe("probe/" + p.name, p.run, e);
  add_worker<float>(
      "probe/call", jobs().front(), [] { return std::make_unique<idle>(); }, e);
}

machine machine_of(const modules& all, const samples& times) {
  machine m{cache_bytes(1), cache_bytes(2), summarise(times.at("probe/call")).ns, {}};
  for (const probe& p : all.probes) {
    const double ns = summarise(times.at("probe/" + p.name)).ns;
    const auto slash = p.name.find('/');
    const int width = std::stoi(p.name.substr(0, slash));
    const std::string what = p.name.substr(slash + 1);
    rates& r = m.by_width[width];
    r.vector_bytes = width;
    if (what == "fma") r.fma = p.amount / ns;
    if (what == "fma_latency") r.fma_latency = ns / p.amount;
    if (what == "store_to_load") r.store_to_load = ns / p.amount;
    if (what.starts_with("read_")) r.read[what.substr(5)] = p.amount / ns;
    if (what.starts_with("update_")) r.update[what.substr(7)] = p.amount / ns;
  }
  return m;
}

std::vector<result> results_of(const std::vector<entrant>& entrants, const samples& times,
                               const machine& m) {
  std::vector<result> results;
  for (const entrant& e : entrants) {
    const label_parts label(e.label);
    if (label.who != "tapeless") continue;
    const int width = label.arch == "avx512" ? 64 : 32;
    const int layers =
        e.what.how == mode::dependent ? static_cast<int>(e.what.net->sizes.size()) - 1 : 0;
    const int calls = e.what.epoch > 0 ? e.what.epoch / e.what.batch : 1;
    result r{e.row,
             label.variant,
             label.arch,
             summarise(times.at(e.benchmark())),
             limit_of(e.cost, m, width, e.doubled ? 8 : 4, layers),
             {}};
    r.limit.ns *= calls;
    if (e.what.epoch > 0) r.rows_per_second = 1e9 * calls * e.what.batch / r.ours.ns;
    if (e.doubled) r.float_ns = summarise(times.at(e.what.name + "/" + e.label)).ns;
    if (!e.what.alone_as.empty()) {
      const auto alone = times.find(e.what.alone_as + (e.doubled ? "_double/" : "/") + e.label);
      if (alone != times.end()) r.peers.try_emplace("one_thread", summarise(alone->second));
    }
    for (const entrant& other : entrants) {
      const label_parts peer(other.label);
      if (other.row != e.row || peer.who == "tapeless") continue;
      const timing t = summarise(times.at(other.benchmark()), peer.variant);
      const auto [at, fresh] = r.peers.try_emplace(peer.who, t);
      if (!fresh && t.ns < at->second.ns) at->second = t;
    }
    results.push_back(std::move(r));
  }
  return results;
}

}  // namespace contest
