// The networks of jobs.hpp: builds of Tapeless against peers and against the processor's limit, all
// in one process and in random order, every contender checked against double precision first.
//
//   models_bench [--filter REGEX] [--quick] [--json FILE] [--markdown FILE] LABEL=MODULE...
//   models_bench --list [--filter REGEX]     the engines that the selected rows need
#include <CLI/CLI.hpp>
#include <cstdlib>
#include <fstream>
#include <iostream>

#include "busy.hpp"
#include "contest.hpp"
#include "histogram.hpp"
#include "numbers.hpp"
#include "pinned.hpp"

namespace {

using namespace contest;

/// In the order of the table's columns.
const std::vector<std::string> peers{"plain",    "plain_tuned", "eigen", "libxsmm",
                                     "openblas", "onednn",      "torch", "one_thread"};

struct latency_row {
  std::string job, who;
  latency ns;
};

template <class T>
latency calls_of(worker<T>& w, const job& j, double period) {
  const auto x = inputs<T>(static_cast<std::size_t>(j.batch * j.net->sizes.front()));
  const auto target = labels<T>(static_cast<std::size_t>(j.batch), classes_of(*j.net));
  std::vector<T> y(static_cast<std::size_t>(j.net->sizes.back()));
  if (j.trains()) return distribution([&] { w.step(x.data(), target.data()); }, period);
  return distribution([&] { w.forward(x.data(), y.data()); }, period);
}

/// Every build of Tapeless and the fastest plain loops, in float.
std::vector<latency_row> distributions(const std::vector<entrant>& entrants,
                                       std::vector<result>& results) {
  const double period = stamps::period();
  std::vector<latency_row> rows{{"nothing", "-", distribution([] {}, period)}};
  for (result& r : results) {
    for (const entrant& e : entrants) {
      if (!e.what.histogram || e.doubled || e.row != r.name) continue;
      if (e.label != "tapeless:" + r.compiler + ":" + r.arch) continue;
      r.calls = calls_of(*e.in_float, e.what, period);
      rows.push_back({r.name, r.compiler + " " + r.arch, *r.calls});
    }
  }
  return rows;
}

std::string latency_table(const std::vector<latency_row>& rows) {
  std::vector<std::vector<std::string>> lines{{"job", "build", "p50", "p99", "p99.9", "max"}};
  for (const latency_row& r : rows)
    lines.push_back(
        {r.job, r.who, number(r.ns.p50), number(r.ns.p99), number(r.ns.p999), number(r.ns.max)});
  return table(lines);
}

std::string probe_table(const machine& m) {
  std::vector<std::vector<std::string>> lines{{"vector", "GFLOP/s float", "FMA ns",
                                               "store to load ns", "L1 read", "L2 read", "beyond",
                                               "L1 update", "L2 update", "beyond"}};
  for (const auto& [width, r] : m.by_width) {
    lines.push_back({fmt::format("{} bit", 8 * width), number(r.fma * width / 2),
                     number(r.fma_latency), number(r.store_to_load)});
    for (const auto* of : {&r.read, &r.update})
      for (const auto& [level, rate] : *of) lines.back().push_back(number(rate));
  }
  return table(lines) +
         fmt::format("\nreads and updates in GB/s; a call that does nothing takes {} ns\n",
                     number(m.call));
}

std::string report(const std::vector<result>& results, const machine& m,
                   const std::vector<latency_row>& latencies,
                   const std::set<std::string>& present) {
  std::string text = speed_table(results, peers);
  text +=
      "\nns: least time of one call, step or epoch; median of all repetitions; limit and what "
      "makes it; in brackets ours / theirs.\nPeers are compiled by g++ for all that this processor "
      "has, "
      "beside avx2 rows too; plain and plain_tuned show the fastest of four sets of flags.\n";
  std::string missing;
  for (const std::string& p : peers)
    if (p != "one_thread" && !present.contains(p)) missing += " " + p;  // a row of our own
  if (!missing.empty()) text += "Peers that are not installed:" + missing + "\n";
  for (const result& r : results)
    if (r.rows_per_second && !r.float_ns)
      text += fmt::format("{} {} {}: {:.0f} samples/s\n", r.name, r.compiler, r.arch,
                          *r.rows_per_second);
  const std::string doubled = double_table(results);
  if (!doubled.empty()) text += "\n" + doubled;
  text += "\n" + probe_table(m);
  if (latencies.size() > 1)
    text += "\nns of single calls, the measurement included (a million of each)\n\n" +
            latency_table(latencies);
  return text;
}

void write(const std::string& path, const std::string& text) {
  if (path.empty()) return;
  std::ofstream file(path);
  file << text;
  if (!file.flush()) throw std::runtime_error("cannot write " + path);
}

int run(int argc, char** argv) {
  std::string filter = ".", json, markdown;
  bool list = false, quick = false;
  std::vector<std::string> given;
  CLI::App app{"Benchmark of Tapeless and its peers"};
  app.add_option("--filter", filter, "regular expression on names of rows");
  app.add_option("--json", json, "file for the results");
  app.add_option("--markdown", markdown, "file for the tables");
  app.add_flag("--list", list, "print the engines that the selected rows need");
  app.add_flag("--quick", quick, "fewer repetitions");
  app.add_option("modules", given, "LABEL=MODULE");
  CLI11_PARSE(app, argc, argv);
  const std::regex rows(filter);
  if (list) {
    for (const job& j : jobs())
      if (selected(j, rows)) std::cout << j.offered_as() << '\n';
    return 0;
  }
  std::vector<module_path> paths;
  std::set<std::string> present;
  for (const std::string& g : given) {
    const auto equals = g.find('=');
    if (equals == std::string::npos) throw std::runtime_error("not LABEL=MODULE: " + g);
    paths.push_back({g.substr(0, equals), g.substr(equals + 1)});
    present.insert(label_parts(paths.back().label).who);
  }
  const pinned here;
  const effort e = quick ? effort{9, 0.01, 2} : effort{};
  const modules all = open_modules(paths, cache_bytes(1), cache_bytes(2));
  const auto entrants = enter(all, rows, e);
  if (entrants.empty()) throw std::runtime_error("no row matches " + filter);
  add_probes(all, e);
  const busy_meter meter;
  const samples times = run_benchmarks(argv[0]);
  const std::string busy = meter.text();
  const machine m = machine_of(all, times);
  auto results = results_of(entrants, times, m);
  const auto latencies = distributions(entrants, results);
  const std::string text = report(results, m, latencies, present) + "\n" + busy;
  std::cout << text;
  write(json, to_json(results).dump(1) + "\n");
  write(markdown, text);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  for (const char* threads : {"OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"})
    setenv(threads, "1", 1);
  try {
    return run(argc, argv);
  } catch (const std::exception& e) {
    std::cerr << "models_bench: " << e.what() << '\n';
    return 1;
  }
}
