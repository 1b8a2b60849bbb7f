#pragma once
// The library's only two macros.

/// Version as MAJOR * 10000 + MINOR * 100 + PATCH.
#define TAPELESS_VERSION 100

/// Inlines a function even inside a large caller, where compilers give up otherwise: one missed
/// inline in a straight-line engine costs more than the whole kernel.
#define TAPELESS_INLINE inline __attribute__((always_inline))
