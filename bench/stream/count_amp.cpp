// Runs a stream of one amplifier of examples/amp/nets.hpp below callgrind, which counts the
// instructions of each block.
#include <valgrind/callgrind.h>
#include <memory>
#include <tapeless/tapeless.hpp>

#include "amp/nets.hpp"

namespace {

namespace tl = tapeless;
using net = amp::NET;
using stream = tl::stream<net, tl::blocks<BLOCK, 1>>;

}  // namespace

int main() {
  const auto theta = std::make_unique<tl::parameters<net>>(tl::init<net>(tl::seed{1}));
  const auto s = std::make_unique<stream>();
  s->prewarm(*theta);
  float x[BLOCK], y[BLOCK];
  for (int i = 0; i < BLOCK; ++i) x[i] = static_cast<float>(i * 37 % 101) / 50 - 1;
  for (int i = 0; i < 10; ++i) s->process<BLOCK>(*theta, x, y);
  CALLGRIND_DUMP_STATS;
  for (int i = 0; i < 1500; ++i) {
    s->process<BLOCK>(*theta, x, y);
    CALLGRIND_DUMP_STATS;
  }
}
