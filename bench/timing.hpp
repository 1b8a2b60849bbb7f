#pragma once
// Workers and probes as benchmarks, and what came out.
#include <map>
#include <string>
#include <vector>

#include "contender.hpp"
#include "jobs.hpp"

namespace contest {

struct effort {
  int repetitions = 15;   ///< of each benchmark, in random order over all of them
  double seconds = 0.02;  ///< of one repetition, at least
  int epoch_repetitions = 3;
};

/// ns of each repetition, by the name under which a benchmark was added.
using samples = std::map<std::string, std::vector<double>>;

void add_probe(const std::string& name, std::function<void()> run, const effort& e);

/// Times workers on the job: independent calls, or calls whose input takes up 0 times the last
/// output, or updates with a tiny learning rate, so that a long run stays where it starts. Each
/// repetition has a worker of its own: where memory lies matters, and would else be the same all
/// the time.
template <class T>
void add_worker(const std::string& name, const job& j,
                std::function<std::unique_ptr<worker<T>>()> make, const effort& e);

/// Runs all that was added, through Google Benchmark; `name` is the program's.
samples run_benchmarks(char* name);

}  // namespace contest
