// Groups of steps that a gradient computes once more: of one step, as long as the sequence, of many
// samples.

#include <time/checkpoint_cell.hpp>

using namespace checkpoints;

TEST_CASE("a checkpoint at each step, and groups as long as the sequence", "[scan]") {
  laws::check_meaning<cell<4, 1>, 2>();
  laws::check_meaning<cell<4, 4>, 2>();
  laws::check_meaning<cell<4, 9>, 2>();
  laws::check_meaning<cell<1, 1>, 2>();
}
TEST_CASE("checkpoints where lanes run over samples", "[scan]") {
  laws::check_scan<cell<6, 2, order::backward>, 9, tl::lanes_over<tl::lane_axis::samples>>();
}
