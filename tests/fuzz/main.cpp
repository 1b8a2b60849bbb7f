// A fuzzer of one target, which -DTAPELESS_FUZZ=NAME chooses. Built by scripts/fuzz.sh.

#include <cstdint>

#include "fuzz/targets.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::TAPELESS_FUZZ(std::as_bytes(std::span(data, size)));
  return 0;
}
