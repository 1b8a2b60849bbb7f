#pragma once
// Numbers that tests and the scripts of tests/golden/ know without a file.

#include <cstdint>

namespace space {

/// Number i of a stream: multiples of 2^-15 in [-1, 1), as tests/golden/space.py has them.
constexpr double hashed(int stream, int i) {
  std::uint32_t h = static_cast<std::uint32_t>(i) * 2654435761u +
                    static_cast<std::uint32_t>(stream) * 40503u + 12345u;
  h ^= h >> 15;
  h *= 0x2C1B3C6Du;
  h ^= h >> 12;
  return (h >> 8 & 0xFFFF) / 32768.0 - 1;
}

}  // namespace space
