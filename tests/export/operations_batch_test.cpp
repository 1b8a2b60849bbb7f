// The export law for every operation that is no activation: batches.

#include <export/operation_nets.hpp>

TEST_CASE("exported operations of a batch") {
  c_export::check_operations<double, tapeless::batch<3>>();
}
