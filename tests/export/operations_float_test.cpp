// The export law for every operation that is no activation: float.

#include <export/operation_nets.hpp>

TEST_CASE("exported operations in float") {
  c_export::check_operations<float, tapeless::batch<2>>();
}
