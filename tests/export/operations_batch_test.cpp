// The export law for operations of batches, lanes over features and over samples.

#include <export/operation_nets.hpp>

TEST_CASE("exported operations of a batch") {
  c_export::check_operations<double, tapeless::batch<3>>();
}
TEST_CASE("exported operations, lanes over samples") {
  c_export::check_operations<double, tapeless::batch<9>,
                             tapeless::lanes_over<tapeless::lane_axis::samples>>();
}
