// Times a stream of one amplifier of nets.hpp, in blocks of 64 and sample by sample, and the same as
// plain loops, by turns. Prints nanoseconds of a sample: least and median in blocks, least and median by
// steps, least and median of plain loops, and the largest difference of their outputs.
//
// NET, HIDDEN and GATES come from the command line of the compiler (scripts/bench_recurrent.py).
#include <algorithm>
#include <cstdio>
#include <memory>
#include <vector>

#include "../multiply_add_rate.hpp"
#include "nets.hpp"
#include "plain.hpp"

namespace {

namespace tl = tapeless;
using net = recurrent_nets::NET;
using stream = tl::stream<net, tl::blocks<64, 1>, tl::time_axis<0>>;
using plain = recurrent_nets::plain_cell<HIDDEN, GATES>;

void fill(plain& cell, const tl::parameters<net>& theta) {
  const auto number = [&](int tensor, std::size_t e) { return theta.get(tensor, static_cast<int>(e)); };
  for (std::size_t i = 0; i < cell.input.size(); ++i) {
    cell.input[i] = number(0, i);
    for (std::size_t k = 0; k < HIDDEN; ++k) cell.own[k][i] = number(1, i * HIDDEN + k);
    cell.bias[i] = number(2, i);
    cell.own_bias[i] = number(3, i);
  }
  for (std::size_t k = 0; k < HIDDEN; ++k) cell.out[k] = number(4, k);
  cell.out_bias = number(5, 0);
}

}  // namespace

int main() {
  const auto theta = std::make_unique<tl::parameters<net>>(tl::init<net>(tl::seed{1}));
  const auto blocks = std::make_unique<stream>(), steps = std::make_unique<stream>();
  const auto cell = std::make_unique<plain>();
  fill(*cell, *theta);
  float x[64], y[3][64];
  std::vector<double> times[3];
  double difference = 0;
  for (int round = 0; round < 20000; ++round) {
    for (int i = 0; i < 64; ++i) x[i] = static_cast<float>((round + i) * 37 % 101) / 50 - 1;
    const auto measure = [&](int who, auto run) {
      const auto start = clock_type::now();
      run(y[who]);
      times[who].push_back(seconds_since(start));
    };
    measure(0, [&](float* to) { blocks->process<64>(*theta, x, to); });
    measure(1, [&](float* to) {
      for (int i = 0; i < 64; ++i) to[i] = steps->step(*theta, x[i]);
    });
    measure(2, [&](float* to) {
      for (int i = 0; i < 64; ++i) to[i] = cell->step(x[i]);
    });
    for (int i = 0; i < 64; ++i)
      for (int who = 0; who < 2; ++who)
        difference = std::max(difference, std::abs(static_cast<double>(y[who][i] - y[2][i])));
  }
  for (auto& t : times) {
    std::sort(t.begin(), t.end());
    std::printf("%.2f %.2f ", 1e9 / 64 * t.front(), 1e9 / 64 * t[t.size() / 2]);
  }
  std::printf("%.2g\n", difference);
}
