// Blocks of 1 to 32 samples.

#include <stream/every_block.hpp>

TEST_CASE("blocks of 1 to 32 samples", "[stream]") { every_block::check<1, 32>(); }
