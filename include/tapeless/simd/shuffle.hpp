#pragma once
// Shuffles that reductions and transposes are built from, on every register type of this processor.
// A block is 128 bits: four floats or two doubles. The twins in generic/shuffle.hpp serve all
// processors but x86-64.

#if defined(__SSE2__)
#include <tapeless/simd/x86/shuffle.hpp>
#else
#include <tapeless/simd/generic/shuffle.hpp>

namespace tapeless::simd::detail {

using generic::interleave_low, generic::interleave_high, generic::pair_low, generic::pair_high,
    generic::second_first, generic::even_then_odd, generic::lower, generic::upper, generic::lowers,
    generic::uppers, generic::even_blocks, generic::odd_blocks;

}  // namespace tapeless::simd::detail
#endif
