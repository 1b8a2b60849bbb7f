// The export law for every operation that is no activation: one sample.

#include <export/operation_nets.hpp>

TEST_CASE("exported operations of one sample") { c_export::check_operations<double>(); }
