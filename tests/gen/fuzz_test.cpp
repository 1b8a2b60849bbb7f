// Files from fuzzing: the seeds, and every find that was mended, go through without a fault.

#include <catch2/catch.hpp>

#include "fuzz/targets.hpp"
#include "io/scratch.hpp"

TEST_CASE("files that fuzzers begin with or found") {
  using target = void (*)(std::span<const std::byte>);
  const auto [name, run] = GENERATE(table<const char*, target>({{"onnx", fuzz::onnx},
                                                                {"pt", fuzz::pt},
                                                                {"pickle", fuzz::pickle},
                                                                {"tensor", fuzz::tensor}}));
  std::size_t files = 0;
  for (const auto& file : std::filesystem::directory_iterator(fixture("fuzz") / name)) {
    INFO(file.path());
    CHECK_NOTHROW(run(tapeless::read_file(file.path())));
    ++files;
  }
  CHECK(files >= 4);
}
