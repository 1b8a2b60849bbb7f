// Times tables that are read by index: rows of 16 in front of a layer of 4, one index per sample,
// by `embedding`, by a product with one-hot rows, and without a table. The table of docs/space.md.
//
//   g++ -std=c++20 -O3 -march=native -DNDEBUG -Iinclude bench/space/time_tables.cpp -lfmt

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <memory>
#include <tapeless/tapeless.hpp>
#include <vector>

namespace tl = tapeless;
namespace m = tl::math;

namespace {

constexpr int width = 16, batch = 32, sets = 16;

template <int N>
struct one_hot_table {
  static constexpr tl::value lower(tl::graph& g, tl::value x) {
    const tl::initializer start{nullptr, 0, 1, N, width};
    return m::matmul(m::one_hot(x, N), g.parameter("weight", tl::shape{N, width}, start));
  }
};
template <class Table>
struct net : tl::sequential<tl::input<>, Table, tl::dense<4>> {};
struct rest : tl::sequential<tl::input<width>, tl::dense<4>> {};

/// The best of 15 means, in microseconds.
template <class F>
double best_of(F f) {
  using clock = std::chrono::steady_clock;
  const auto seconds = [&](int n) {
    const auto start = clock::now();
    for (int i = 0; i < n; ++i) f(i);
    return std::chrono::duration<double>(clock::now() - start).count();
  };
  int n = 1;
  while (seconds(n) < 2e-3) n *= 2;
  double best = 1e9;
  for (int r = 0; r < 15; ++r) best = std::min(best, seconds(n) / n);
  return best * 1e6;
}

std::vector<float> numbers(int count, int below) {
  std::vector<float> x(static_cast<std::size_t>(count));
  unsigned s = 7;
  for (float& v : x) {
    s = s * 1664525u + 1013904223u;
    v = static_cast<float>((s >> 8) % static_cast<unsigned>(below));
  }
  return x;
}
void keep(const float* y) { asm volatile("" : : "r"(y) : "memory"); }

template <class Net, class Optimizer>
double step(const std::vector<float>& x, const std::vector<float>& t) {
  const auto own =
      std::make_unique<tl::trainer<Net, tl::cross_entropy, Optimizer, tl::batch<batch>>>(
          tl::init<Net>(tl::seed{1}));
  return best_of([&](int i) {
    own->step(x.data() + i % sets * batch * tl::input_size<Net>, t.data() + i % sets * batch);
  });
}

template <class Net>
void time(const char* what, int rows) {
  const auto x = numbers(batch * sets * tl::input_size<Net>, rows), t = numbers(batch * sets, 4);
  const auto theta = std::make_unique<tl::parameters<Net>>(tl::init<Net>(tl::seed{1}));
  float y[batch * 4];
  const double one = best_of([&](int i) {
    tl::forward<Net>(*theta, x.data() + i % (batch * sets) * tl::input_size<Net>, y);
    keep(y);
  });
  const double many = best_of([&](int i) {
    tl::forward<Net, tl::batch<batch>>(*theta, x.data() + i % sets * batch * tl::input_size<Net>,
                                       y);
    keep(y);
  });
  std::printf(
      "%-10s %6d rows: forward of 1 %8.3f, of 32 %8.3f, step by sgd %8.3f, by adam %8.3f us\n",
      what, rows, one, many, step<Net, tl::sgd>(x, t), step<Net, tl::adam>(x, t));
  std::fflush(stdout);
}

template <int N>
void copy_rows() {
  const std::vector<float> table(N * width, 0.5f), x = numbers(batch * sets, N);
  float y[batch * width];
  const double t = best_of([&](int i) {
    const float* const p = x.data() + i % sets * batch;
    for (int k = 0; k < batch; ++k) {
      const float* const row = table.data() + static_cast<int>(p[k]) * width;
      for (int j = 0; j < width; ++j) y[k * width + j] = row[j];
    }
    keep(y);
  });
  std::printf("plain copy %6d rows: 32 of them %8.3f us\n", N, t);
}

template <int N>
void time_all() {
  time<net<one_hot_table<N>>>("one-hot", N);
  time<net<tl::embedding<N, width>>>("by index", N);
  copy_rows<N>();
}

}  // namespace

int main() {
  time<rest>("no table", 4);
  time_all<4>();
  time_all<100>();
  time_all<1000>();
  time_all<10000>();
}
