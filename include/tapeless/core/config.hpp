#pragma once
// The library's only macros.

#include <tapeless/core/requirements.hpp>

/// Version as MAJOR * 10000 + MINOR * 100 + PATCH.
#define TAPELESS_VERSION 100

/// Whether calls check what they are promised about memory and counts (core/checks.hpp): null and
/// overlapping buffers, parameters that are not aligned, numbers of rows. 1 unless NDEBUG is
/// defined; define it as 0 or 1 before the first header to choose. Costs nothing where it is 0.
#if !defined(TAPELESS_CHECKS)
#if defined(NDEBUG)
#define TAPELESS_CHECKS 0
#else
#define TAPELESS_CHECKS 1
#endif
#endif

/// Whether small plans are written out as straight lines: 1, or 0 for loops and calls everywhere
/// that no option `expand_as` says otherwise, which compile much faster in builds with sanitizers.
/// Sums may be rounded in another order. Defined as 0 or 1 before the first header, and alike in all
/// sources of a program.
#if !defined(TAPELESS_UNROLL)
#define TAPELESS_UNROLL 1
#endif

/// Whether fit says in which layer a loss stopped being finite: 1, or 0. The search runs by the
/// reference semantics, whose functions have one name for all instruction sets: programs that link
/// several of them define it as 0 in all sources.
#if !defined(TAPELESS_SEARCH_LAYERS)
#define TAPELESS_SEARCH_LAYERS 1
#endif

// The instruction set of this source, as text.
#if defined(__AVX512F__) && defined(__AVX512BW__) && defined(__AVX512DQ__) && \
    defined(__AVX512VL__) && defined(__FMA__)
#define TAPELESS_ISA "avx512"
#elif defined(__AVX2__) && defined(__FMA__)
#define TAPELESS_ISA "avx2"
#elif defined(__AVX__)
#define TAPELESS_ISA "avx"
#elif defined(__SSE4_1__)
#define TAPELESS_ISA "sse4"
#elif defined(__SSE3__)
#define TAPELESS_ISA "sse3"
#elif defined(__SSE2__)
#define TAPELESS_ISA "sse2"
#elif defined(__aarch64__) && defined(__ARM_NEON) && !defined(__AARCH64EB__)
#define TAPELESS_ISA "neon"
#else
#define TAPELESS_ISA "scalar"
#endif

/// Puts the instruction set of this source into the linker's name of a function. A linker keeps one
/// of several inline functions of the same name: without it a source for AVX-512 could give its
/// code to a source for any processor.
#define TAPELESS_NATIVE [[gnu::abi_tag(TAPELESS_ISA)]]

/// Inlines a function even inside a large caller, where compilers give up otherwise: one missed
/// inline in a straight-line engine costs more than the whole kernel. The name is TAPELESS_NATIVE.
/// With clang such functions are local to their source. Clang inlines callers before callees. Once
/// all calls of a function are inlined, clang drops the function at once if the function is local,
/// and else keeps it to the end: then each level of calls has a copy of all levels below, which was
/// most of what inlining cost.
#if defined(__clang__)
#define TAPELESS_INLINE \
  inline __attribute__((always_inline, internal_linkage, abi_tag(TAPELESS_ISA)))
#else
#define TAPELESS_INLINE inline __attribute__((always_inline, abi_tag(TAPELESS_ISA)))
#endif

// TAPELESS_FENCE(x) is x, rounded as it is written: under -ffast-math, -Ofast, -fassociative-math and
// -funsafe-math-optimizations compilers would else turn (x + shifter) - shifter into x. Without these
// flags it is nothing at all. For a scalar or a register.
#if defined(__clang__) && (defined(__x86_64__) || defined(__i386__))
#define TAPELESS_FENCE(x) __arithmetic_fence(x)
#elif !defined(__clang__) && defined(__ASSOCIATIVE_MATH__)
#define TAPELESS_FENCE(x) __builtin_assoc_barrier(x)
#else
#define TAPELESS_FENCE(x) (x)
#endif

// The functions from a call of the library down to a kernel's tiles, and from a tile to its lanes,
// are TAPELESS_CLANG_INLINE; the call and the tiles are [[gnu::flatten]]: g++ takes all between
// them in at once then. Were they TAPELESS_INLINE, it would take them in level by level, and
// optimise the whole network again at each.
#if defined(__clang__)
#define TAPELESS_CLANG_INLINE [[clang::always_inline, clang::internal_linkage]]
#else
#define TAPELESS_CLANG_INLINE
#endif
