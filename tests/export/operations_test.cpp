// The export law for every operation that is no activation.

#include <export/operation_nets.hpp>

TEST_CASE("exported operations of one sample") { c_export::check_operations<double>(); }
TEST_CASE("exported operations in float") {
  c_export::check_operations<float, tapeless::batch<2>>();
}
