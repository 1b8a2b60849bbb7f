#include "timing.hpp"

#include <benchmark/benchmark.h>

#include <cstddef>
#include <new>

#include "check.hpp"

namespace contest {
namespace {

/// Another number of cache lines below 4 KiB at each call. Whether a contender's arrays, its
/// weights and its rows meet in the same lines modulo 4 KiB is luck, which would else last a whole
/// run.
std::size_t another_offset() {
  static std::size_t calls = 0;
  return 64 * (calls++ * 23 % 64);
}

/// A copy whose address is `offset` modulo 4 KiB.
template <class T>
std::shared_ptr<T[]> placed(const std::vector<T>& from, std::size_t offset) {
  constexpr std::align_val_t page{4096};
  auto* block = static_cast<std::byte*>(::operator new(offset + from.size() * sizeof(T), page));
  const std::shared_ptr<std::byte> owner(block, [](std::byte* p) { ::operator delete(p, page); });
  T* to = reinterpret_cast<T*>(block + offset);
  std::copy(from.begin(), from.end(), to);
  return {owner, to};
}

template <class T>
struct data_set {
  std::shared_ptr<T[]> x, y;

  data_set(const network& net, int rows, std::size_t offset)
      : x(placed(
            inputs<T>(static_cast<std::size_t>(rows) * static_cast<std::size_t>(net.sizes.front())),
            offset)),
        y(placed(labels<T>(static_cast<std::size_t>(rows), classes_of(net)), offset)) {}
};

/// A batch of its own for each repetition, but one large data set for all.
template <class T>
data_set<T> data_of(const job& j) {
  if (j.epoch == 0) return {*j.net, j.batch, another_offset()};
  static std::map<std::string, data_set<T>> large;
  return large.try_emplace(j.name, *j.net, j.epoch, 0).first->second;
}

/// Calls f with the stack deeper by another offset.
template <class F>
[[gnu::noinline]] void at_another_depth(F f) {
  volatile void* deeper = __builtin_alloca(64 + another_offset());
  static_cast<void>(deeper);
  f();
}

template <class T>
void time_forward(benchmark::State& state, worker<T>& w, T* x, T* y, bool dependent) {
  const T start = x[0];
  for (auto _ : state) {
    w.forward(x, y);
    if (dependent) x[0] = start + T{0} * y[0];  // an infinite y[0] would change it
    benchmark::ClobberMemory();
  }
}

template <class T>
void time_steps(benchmark::State& state, worker<T>& w, const data_set<T>& data, const job& j) {
  const int steps = j.epoch > 0 ? j.epoch / j.batch : 1;  // what does not fill a batch is left out
  const auto row = static_cast<std::ptrdiff_t>(j.net->sizes.front());
  for (auto _ : state) {
    for (std::ptrdiff_t i = 0; i < steps; ++i)
      benchmark::DoNotOptimize(
          w.step(data.x.get() + i * j.batch * row, data.y.get() + i * j.batch));
  }
}

/// Keeps every repetition, and shows how far it is.
class collector : public benchmark::BenchmarkReporter {
 public:
  samples all;

  bool ReportContext(const Context&) override { return true; }
  void ReportRuns(const std::vector<Run>& runs) override {
    for (const Run& r : runs) {
      if (r.run_type != Run::RT_Iteration) continue;
      const bool wall = r.run_name.time_type == "real_time";
      const double ns = wall ? r.GetAdjustedRealTime() : r.GetAdjustedCPUTime();
      all[r.run_name.function_name].push_back(ns);
    }
  }
};

}  // namespace

void add_probe(const std::string& name, std::function<void()> run, const effort& e) {
  benchmark::RegisterBenchmark(name.c_str(),
                               [run](benchmark::State& state) {
                                 for (auto _ : state) run();
                               })
      ->Repetitions(e.repetitions)
      ->MinTime(e.seconds / 2);
}

template <class T>
void add_worker(const std::string& name, const job& j,
                std::function<std::unique_ptr<worker<T>>()> make, const effort& e) {
  const auto start = initial<T>(*j.net);
  auto* b = benchmark::RegisterBenchmark(name.c_str(), [=](benchmark::State& state) {
    const auto w = make();
    w->load(j.net->sizes, start.data());
    w->set_rate(static_cast<T>(1e-6));
    const data_set<T> data = data_of<T>(j);
    const auto y =
        placed(std::vector<T>(static_cast<std::size_t>(j.net->sizes.back())), another_offset());
    at_another_depth([&] {
      if (j.trains())
        time_steps(state, *w, data, j);
      else
        time_forward(state, *w, data.x.get(), y.get(), j.how == mode::dependent);
    });
  });
  if (j.wall_time) b->UseRealTime();
  if (j.epoch > 0)
    b->Iterations(1)->Repetitions(e.epoch_repetitions);
  else
    b->MinTime(e.seconds)->Repetitions(e.repetitions);
}

template void add_worker(const std::string&, const job&,
                         std::function<std::unique_ptr<worker<float>>()>, const effort&);
template void add_worker(const std::string&, const job&,
                         std::function<std::unique_ptr<worker<double>>()>, const effort&);

samples run_benchmarks(char* name) {
  char interleave[] = "--benchmark_enable_random_interleaving=true";
  char* arguments[] = {name, interleave, nullptr};
  int count = 2;
  benchmark::Initialize(&count, arguments);
  collector c;
  benchmark::RunSpecifiedBenchmarks(&c);
  return c.all;
}

}  // namespace contest
