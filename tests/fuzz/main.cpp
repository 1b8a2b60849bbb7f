// A fuzzer of one target, which -DTAPELESS_FUZZ=NAME chooses among those of
// -DTAPELESS_FUZZ_TARGETS=HEADER. Built by scripts/fuzz.sh.

#include <cstdint>
#include <span>

#ifndef TAPELESS_FUZZ_TARGETS
#define TAPELESS_FUZZ_TARGETS "fuzz/targets.hpp"
#endif
#include TAPELESS_FUZZ_TARGETS

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::TAPELESS_FUZZ(std::as_bytes(std::span(data, size)));
  return 0;
}
