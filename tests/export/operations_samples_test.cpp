// The export law for every operation that is no activation: lanes over samples.

#include <export/operation_nets.hpp>

TEST_CASE("exported operations, lanes over samples") {
  c_export::check_operations<double, tapeless::batch<9>,
                             tapeless::lanes_over<tapeless::lane_axis::samples>>();
}
