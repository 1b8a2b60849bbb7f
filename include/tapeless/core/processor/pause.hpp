#pragma once
// A hint to the processor that this thread waits in a loop.

#include <tapeless/core/config.hpp>

namespace tapeless::detail {

/// Does nothing on processors without such an instruction.
TAPELESS_INLINE void pause() noexcept {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

}  // namespace tapeless::detail
