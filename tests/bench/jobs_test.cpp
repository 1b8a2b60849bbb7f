#include "../../bench/jobs.hpp"

#include <catch2/catch.hpp>
#include <filesystem>
#include <set>

using namespace contest;

TEST_CASE("bench: every row has a name of its own and an engine") {
  std::set<std::string> names, files;
  const std::filesystem::path folder = TAPELESS_SOURCE_DIR "/bench/engines";
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (entry.path().extension() == ".cpp") files.insert(entry.path().stem().string());
  for (const job& j : jobs()) {
    CAPTURE(j.name);
    CHECK(names.insert(j.name).second);
    CHECK(j.net->sizes.size() >= 2);
    // scripts/bench.sh builds the sources whose names an engine's name starts with
    const auto starts_it = [&](const std::string& file) {
      return j.offered_as().starts_with(file);
    };
    CHECK(std::any_of(files.begin(), files.end(), starts_it));
    CHECK((j.epoch == 0 || j.how == mode::step));
    CHECK((j.batch == 1 || j.how == mode::step));
  }
  for (const job& j : jobs()) CHECK((j.engine.empty() || names.contains(j.engine)));
}
