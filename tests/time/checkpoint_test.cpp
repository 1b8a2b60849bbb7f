// Scans whose gradient computes steps once more, against the same loops written out.

#include <time/checkpoint_cell.hpp>

using namespace checkpoints;

TEST_CASE("checkpoints that divide the steps", "[scan]") {
  laws::check_scan<cell<6, 3>, 2>();
}
TEST_CASE("checkpoints that leave steps over", "[scan]") {
  laws::check_scan<cell<7, 5, order::backward>, 3>();
}
