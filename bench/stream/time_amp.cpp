// Times a stream of one amplifier of examples/amp/nets.hpp, in blocks and sample by sample, and this
// processor's fused multiply-adds, by turns. Prints microseconds of a block (least, median, worst), of a
// sample, and billions of operations per second.
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

}  // namespace

int main(int, char** argv) {
  const auto theta = std::make_unique<tl::parameters<net>>(tl::init<net>(tl::seed{1}));
  const auto s = std::make_unique<stream>();
  s->prewarm(*theta);
  float x[BLOCK], y[BLOCK];
  for (int i = 0; i < BLOCK; ++i) x[i] = static_cast<float>(i * 37 % 101) / 50 - 1;
  const long blocks = std::atol(argv[1]);
  std::vector<float> times;
  times.reserve(static_cast<std::size_t>(blocks));
  double rate = 0;
  for (long i = 0; i < blocks; ++i) {
    const auto start = clock_type::now();
    s->process<BLOCK>(*theta, x, y);
    times.push_back(static_cast<float>(seconds_since(start)));
    if (i % (blocks / 20 + 1) == 10) rate = std::max(rate, multiply_add_rate());
  }
  double step = 1;
  for (int i = 0; i < 20000; ++i) {
    const auto start = clock_type::now();
    y[0] = s->step(*theta, x[i % BLOCK]);
    step = std::min(step, seconds_since(start));
  }
  std::sort(times.begin(), times.end());
  const auto at = [&](double share) {
    return 1e6 * static_cast<double>(
                     times[static_cast<std::size_t>(share * static_cast<double>(times.size() - 1))]);
  };
  std::printf("%.3f %.3f %.3f %.3f %.3f %.1f\n", at(0), at(0.5), at(0.9999), at(1), 1e6 * step, rate);
}
