#pragma once
// The library's only two macros.

/// Version as MAJOR * 10000 + MINOR * 100 + PATCH.
#define TAPELESS_VERSION 100

/// Inlines a function even inside a large caller, where compilers give up otherwise: one missed
/// inline in a straight-line engine costs more than the whole kernel.
#define TAPELESS_INLINE inline __attribute__((always_inline))

// The functions from a call of the library down to a kernel's tiles, and from a tile to its lanes,
// are [[clang::always_inline]]; the call and the tiles are [[gnu::flatten]]: g++ takes all between
// them in at once then. Were they TAPELESS_INLINE, it would take them in level by level, and
// optimise the whole network again at each.
#if !defined(__clang__)
#pragma GCC diagnostic ignored_attributes "clang::"
#endif
