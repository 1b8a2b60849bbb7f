// Scans whose gradient computes steps once more, against the same loops written out.

#include <time/recompute_cell.hpp>

using namespace recomputed_steps;

TEST_CASE("recomputed steps that divide the steps", "[scan]") { laws::check_scan<cell<6, 3>, 2>(); }
TEST_CASE("recomputed steps that leave steps over", "[scan]") {
  laws::check_scan<cell<7, 5, order::backward>, 3>();
}
