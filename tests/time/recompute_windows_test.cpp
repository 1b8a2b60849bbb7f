// Recomputed steps beside truncated backpropagation.

#include <time/recompute_cell.hpp>

using namespace recomputed_steps;

TEST_CASE("recomputed steps and windows", "[scan]") {
  laws::check_meaning<cell<7, 3, order::forward, 2>, 2>();
  laws::check_meaning<cell<8, 2, order::backward, 3>, 1>();
  laws::check_meaning<cell<8, 4, order::backward, 4>, 1>();
  laws::check_meaning<cell<6, 2, order::forward, 1>, 3>();
}
