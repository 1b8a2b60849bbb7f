#pragma once
// What keeps compilers from dropping calls of functions that store through pointers alone.

#include <tapeless/core/config.hpp>

namespace tapeless::detail {

/// At the end of a function that stores through pointers alone. The loop optimizer of g++ 12
/// (-fivopts) may write an address as an index on a base of 0; the analysis that follows takes such
/// a store for an access to null, the function for one without effect, and drops calls of the
/// function. The empty instruction counts as an effect and costs nothing.
TAPELESS_INLINE void has_effect() noexcept { asm volatile(""); }

}  // namespace tapeless::detail
