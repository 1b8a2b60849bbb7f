// The networks of the yardstick: Tapeless against plain constant-size loops, in one process, every
// contender checked against double precision first. Prints one line a job: our time, the fastest
// plain variant and the ratio.
#include <cstdio>
#include <map>

#include "tapeless_tasks.hpp"

namespace {

using contest::task;

/// Every variant of the plain loops.
std::vector<task> plain_tasks(const plain::variant& v) {
  using namespace plain;
  using reference::head;
  const std::string tail = std::string("/") + v.name;
  const auto c_step = [&v, velocity = net_c{}](net_c& net, const float* x, const float* y,
                                               float r) mutable {
    return v.c_step(net, velocity, x, y, r);
  };
  return {
      contest::forward_task<net_a>("A_forward" + tail, v.a_forward, head::sigmoid, 2, 1),
      contest::forward_task<net_b>("B_forward" + tail, v.b_forward, head::softmax, 16, 5),
      contest::forward_task<net_c>("C_forward" + tail, v.c_forward, head::identity, 784, 10),
      contest::step_task<net_a>("A_step_32" + tail, v.a_step, head::sigmoid, a_batch, 2, 2),
      contest::step_task<net_b>("B_step_1" + tail, v.b_step_one, head::softmax, 1, 16, 5),
      contest::step_task<net_b>("B_step_128" + tail, v.b_step_batch, head::softmax, b_batch, 16, 5),
      contest::step_task<net_c>("C_step_64" + tail, c_step, head::softmax, c_batch, 784, 10, momentum),
  };
}

/// Keeps the minimum of each contender, and prints the usual table besides.
class minima : public benchmark::ConsoleReporter {
 public:
  void ReportRuns(const std::vector<Run>& runs) override {
    for (const Run& r : runs) {
      if (r.run_type != Run::RT_Iteration) continue;
      const std::string name = r.run_name.function_name;
      const double ns = r.GetAdjustedCPUTime();
      const auto [at, fresh] = best_.try_emplace(name, ns);
      if (!fresh && ns < at->second) at->second = ns;
    }
  }

  void print() const {
    std::printf("%-12s %12s %12s %-10s %8s\n", "job", "tapeless ns", "plain ns", "variant", "ratio");
    for (const auto& [name, ns] : best_) {
      const auto slash = name.find('/');
      if (name.substr(slash + 1) != "tapeless") continue;
      const std::string job = name.substr(0, slash);
      double plain = 0;
      std::string variant = "-";
      for (const auto& [other, time] : best_)
        if (other.rfind(job + "/", 0) == 0 && other != name && (plain == 0 || time < plain)) {
          plain = time;
          variant = other.substr(slash + 1);
        }
      std::printf("%-12s %12.1f %12.1f %-10s %8.2f\n", job.c_str(), ns, plain, variant.c_str(),
                  plain > 0 ? ns / plain : 0.0);
    }
  }

 private:
  std::map<std::string, double> best_;
};

bool add(const std::vector<task>& tasks) {
  for (const task& t : tasks) {
    if (!(t.error < contest::tolerance)) {
      std::fprintf(stderr, "%s is wrong by %g\n", t.name.c_str(), t.error);
      return false;
    }
    benchmark::RegisterBenchmark(t.name.c_str(), t.run)->Repetitions(9)->MinTime(0.05);
  }
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<char*> arguments(argv, argv + argc);
  char interleave[] = "--benchmark_enable_random_interleaving=true";
  arguments.insert(arguments.begin() + 1, interleave);
  int count = static_cast<int>(arguments.size());
  benchmark::Initialize(&count, arguments.data());
  for (const plain::variant& v : plain::variants())
    if (!add(plain_tasks(v))) return 1;
  if (!add(contest::tapeless_tasks())) return 1;
  minima report;
  benchmark::RunSpecifiedBenchmarks(&report);
  report.print();
}
