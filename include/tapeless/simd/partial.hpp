#pragma once
// The first N lanes of a register, 0 < N < width: what each instruction set has for it. The twin in
// generic/partial.hpp serves all processors but x86-64.

#if defined(__SSE2__)
#include <tapeless/simd/x86/partial.hpp>
#else
#include <tapeless/simd/batch.hpp>
#include <tapeless/simd/generic/partial.hpp>

namespace tapeless::simd::detail {

template <class T, std::size_t Bytes, class Arch>
struct partial : generic::partial<typename lanes<T, Bytes / sizeof(T), Arch>::register_type> {};

}  // namespace tapeless::simd::detail
#endif
