// Compiled with the flags of AVX-512.
#include <tapeless/tapeless.hpp>
#include "dispatch.hpp"
template struct tl::compiled<tagger, tl::instruction_set<tl::simd::avx512>>;
