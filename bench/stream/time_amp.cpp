// Times a stream of one amplifier of examples/amp/nets.hpp, in blocks and sample by sample, and
// this processor's fused multiply-adds, by turns. Each block is followed by an equally long loop in
// registers: what interrupts that loop is the machine and not the stream. Prints microseconds of a
// block (least, median, 99.99 %, worst), of a sample, billions of operations per second, how many
// blocks took more than twice the median, and for the loop the worst time and the same count.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <vector>

#include "../multiply_add_rate.hpp"
#include "amp/nets.hpp"

namespace {

namespace tl = tapeless;
using net = amp::NET;
using stream = tl::stream<net, tl::blocks<BLOCK, 1>>;

/// Times in the order of their length, in seconds.
struct durations {
  std::vector<float> of;

  explicit durations(long count) { of.reserve(static_cast<std::size_t>(count)); }
  void sort() { std::sort(of.begin(), of.end()); }
  double at(double share) const {
    return static_cast<double>(
        of[static_cast<std::size_t>(share * static_cast<double>(of.size() - 1))]);
  }
  long beyond(double limit) const {
    return of.end() - std::upper_bound(of.begin(), of.end(), static_cast<float>(limit));
  }
};

}  // namespace

int main(int, char** argv) {
  const auto theta = std::make_unique<tl::parameters<net>>(tl::init<net>(tl::seed{1}));
  const auto s = std::make_unique<stream>();
  s->prewarm(*theta);
  float x[BLOCK], y[BLOCK];
  for (int i = 0; i < BLOCK; ++i) x[i] = static_cast<float>(i * 37 % 101) / 50 - 1;
  const long blocks = std::atol(argv[1]);
  durations times{blocks}, control{blocks};
  double least = 1, rate = 0;
  for (int i = 0; i < 2000; ++i) {
    const auto start = clock_type::now();
    s->process<BLOCK>(*theta, x, y);
    least = std::min(least, seconds_since(start));
  }
  rate = multiply_add_rate();
  const long rounds = static_cast<long>(least * rate * 1e9 / multiply_add_operations);
  for (long i = 0; i < blocks; ++i) {
    const auto start = clock_type::now();
    s->process<BLOCK>(*theta, x, y);
    times.of.push_back(static_cast<float>(seconds_since(start)));
    const auto start_of_control = clock_type::now();
    multiply_adds(rounds);
    control.of.push_back(static_cast<float>(seconds_since(start_of_control)));
    if (i % (blocks / 20 + 1) == 10) rate = std::max(rate, multiply_add_rate());
  }
  double step = 1;
  for (int i = 0; i < 20000; ++i) {
    const auto start = clock_type::now();
    y[0] = s->step(*theta, x[i % BLOCK]);
    step = std::min(step, seconds_since(start));
  }
  times.sort();
  control.sort();
  std::printf("%.3f %.3f %.3f %.3f %.3f %.1f %ld %.3f %ld\n", 1e6 * times.at(0),
              1e6 * times.at(0.5), 1e6 * times.at(0.9999), 1e6 * times.at(1), 1e6 * step, rate,
              times.beyond(2 * times.at(0.5)), 1e6 * control.at(1),
              control.beyond(2 * times.at(0.5)));
}
