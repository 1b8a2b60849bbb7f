#include <tapeless/io/datasets.hpp>

#include "scratch.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <string>

namespace tl = tapeless;

namespace {

std::vector<int> counts_of(const tl::dataset<float>& data) {
  std::vector<int> counts(10, 0);
  for (const float label : data.ys) ++counts.at(static_cast<std::size_t>(label));
  return counts;
}

}  // namespace

TEST_CASE("the digits of the examples are read", "[io][datasets]") {
  const auto data = tl::digits(source_folder() / "examples/data/digits.csv.gz");
  CHECK(data.size() == 1797);
  CHECK(data.inputs == 64);
  CHECK(data.targets == 1);
  CHECK(data.class_names.size() == 10);
  CHECK(counts_of(data) == std::vector<int>{178, 182, 177, 183, 181, 182, 181, 179, 174, 180});
  CHECK(data.row(0)[2] == 5.0f / 16.0f);
  CHECK(data.ys[1796] == 8.0f);
  CHECK(*std::max_element(data.xs.begin(), data.xs.end()) == 1.0f);
  CHECK(*std::min_element(data.xs.begin(), data.xs.end()) == 0.0f);
}

TEST_CASE("another table is not the digits", "[io][datasets]") {
  const scratch_folder folder;
  const auto file = folder.with("a.csv", "1,2\n");
  CHECK(complaint(file, [&] { tl::digits(file); }) ==
        "found 2 columns, expected 65: 64 pixels and the digit");
}

TEST_CASE("data is found by name or not at all", "[io][datasets]") {
  const char* const before = std::getenv("TAPELESS_DATA");
  const std::string kept = before != nullptr ? before : "";
  const scratch_folder folder;
  folder.with("some.csv", "1,2\n");
  setenv("TAPELESS_DATA", folder.path().c_str(), 1);
  CHECK(tl::find_data("some.csv") == folder / "some.csv");
  if (before != nullptr) {
    setenv("TAPELESS_DATA", kept.c_str(), 1);
  } else {
    unsetenv("TAPELESS_DATA");
  }
  const auto start = std::filesystem::current_path();
  std::filesystem::current_path(source_folder() / "tests" / "data");
  CHECK(tl::find_data("digits.csv.gz").filename() == "digits.csv.gz");
  std::filesystem::current_path(start);
  CHECK_THAT(complaint("no such data", [] { tl::find_data("no such data"); }),
             Catch::StartsWith("not found in ") &&
                 Catch::EndsWith("; set TAPELESS_DATA to the folder that has it"));
}

TEST_CASE("labelled images come from IDX files", "[io][datasets]") {
  const auto images = fixture("images-idx3-ubyte.gz");
  const auto labels = fixture("labels-idx1-ubyte");
  const auto data = tl::labelled_images<float>(images, labels, {"a", "b", "c"});
  CHECK(data.size() == 3);
  CHECK(data.inputs == 4);
  CHECK(data.row(1)[1] == 5.0f / 255.0f);
  CHECK(data.ys == std::vector<float>{2, 0, 1});
  CHECK(data.class_names[2] == "c");

  using tl::labelled_images;
  CHECK(complaint(labels, [&] {
          labelled_images<float>(images, labels, {"a", "b"});
        }) == "label of image 0: found 2, expected below 2");
  CHECK(complaint(labels, [&] { labelled_images<float>(labels, labels, {"a"}); }) ==
        "found u8 [3], expected u8 images [count, rows, columns]");
  CHECK(complaint(images, [&] { labelled_images<float>(images, images, {"a"}); }) ==
        "found u8 [3, 2, 2], expected u8 [3], a label for each image");
}

TEST_CASE("MNIST is looked for in its folder", "[io][datasets]") {
  const scratch_folder folder;
  CHECK(complaint(folder / "train-images-idx3-ubyte.gz", [&] { tl::mnist(folder.path()); }) ==
        "cannot be opened for reading: No such file or directory");
}

TEST_CASE("MNIST is read whole", "[io][datasets]") {
  const auto folder = real_data("mnist");
  if (folder.empty()) {
    WARN("skipped: no folder mnist in TAPELESS_DATA");
    return;
  }
  const auto [train, test] = tl::mnist(folder);
  CHECK(train.size() == 60000);
  CHECK(test.size() == 10000);
  CHECK(train.inputs == 784);
  CHECK(counts_of(train) ==
        std::vector<int>{5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949});
  CHECK(counts_of(test) == std::vector<int>{980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009});
  std::int64_t ink = 0;
  for (const float x : train.xs) ink += std::lround(255.0f * x);
  CHECK(ink == 1567298545);
  CHECK(std::vector<float>(train.ys.begin(), train.ys.begin() + 5) ==
        std::vector<float>{5, 0, 4, 1, 9});
}
