// Files from fuzzing: the seeds, and every find that was mended, go through without a fault.

#include <catch2/catch.hpp>

#include "fuzz/host_targets.hpp"

TEST_CASE("files that fuzzers of the readers begin with or found", "[io][fuzz]") {
  using target = void (*)(fuzz::bytes);
  const auto [name, run] =
      GENERATE(table<const char*, target>({{"csv", fuzz::csv},
                                           {"npy", fuzz::npy},
                                           {"idx", fuzz::idx},
                                           {"gzip", fuzz::gzip},
                                           {"safetensors", fuzz::safetensors},
                                           {"checkpoint", fuzz::checkpoint},
                                           {"history", fuzz::history}}));
  std::size_t files = 0;
  for (const auto& file : std::filesystem::directory_iterator(
           std::filesystem::path(TAPELESS_SOURCE_DIR) / "tests/data/fuzz" / name)) {
    INFO(file.path());
    CHECK_NOTHROW(run(tapeless::read_file(file.path())));
    ++files;
  }
  CHECK(files >= 4);
}
