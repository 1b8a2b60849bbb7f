// Groups of steps that a gradient computes once more: of one step, as long as the sequence, of many
// samples.

#include <time/recompute_cell.hpp>

using namespace recomputed_steps;

TEST_CASE("groups of one step, and groups as long as the sequence", "[scan]") {
  laws::check_meaning<cell<4, 1>, 2>();
  laws::check_meaning<cell<4, 4>, 2>();
  laws::check_meaning<cell<4, 9>, 2>();
  laws::check_meaning<cell<1, 1>, 2>();
}
TEST_CASE("recomputed steps where lanes run over samples", "[scan]") {
  laws::check_scan<cell<6, 2, order::backward>, 9, tl::lanes_over<tl::lane_axis::samples>>();
}
