// Blocks of 33 to 64 samples.

#include <stream/every_block.hpp>

TEST_CASE("blocks of 33 to 64 samples", "[stream]") { every_block::check<33, 32>(); }
