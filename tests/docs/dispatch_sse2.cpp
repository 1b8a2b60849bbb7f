// Compiled for any x86-64.
#include <tapeless/tapeless.hpp>
#include "dispatch.hpp"
template struct tl::compiled<tagger, tl::instruction_set<tl::simd::sse2>>;
