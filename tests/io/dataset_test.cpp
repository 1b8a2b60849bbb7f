#include <tapeless/io/dataset.hpp>

#include "scratch.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

namespace tl = tapeless;

namespace {

tl::dataset<float> sample() { return {{1, 2, 3, 4, 5, 6}, {0, 2, 1}, 2, 1, {"a", "b", "c"}}; }

/// Samples that are their own numbers.
tl::dataset<double> numbered(std::size_t count) {
  tl::dataset<double> data;
  data.inputs = 1;
  data.targets = 1;
  for (std::size_t i = 0; i < count; ++i) {
    data.xs.push_back(static_cast<double>(i));
    data.ys.push_back(static_cast<double>(i));
  }
  return data;
}

}  // namespace

TEST_CASE("a data set gives rows", "[io][dataset]") {
  tl::dataset<float> data = sample();
  CHECK(data.size() == 3);
  CHECK(tl::dataset<float>{}.size() == 0);
  CHECK(data.row(2)[0] == 5.0f);
  CHECK(data.target(1)[0] == 2.0f);
  data.row(0)[1] = 9.0f;
  CHECK(data.xs[1] == 9.0f);
}

TEST_CASE("a table becomes a data set", "[io][dataset]") {
  const auto table = tl::read_csv(fixture("table.csv.gz"), {.header = true});
  const auto one = tl::dataset_from<float>(table);
  CHECK(one.inputs == 2);
  CHECK(one.targets == 1);
  CHECK(one.xs == std::vector<float>{0.5f, -1e3f, 0.25f, 2});
  CHECK(one.ys == std::vector<float>{0, 1});
  CHECK(tl::dataset_from<float>(table, 2).ys == std::vector<float>{-1e3f, 0, 2, 1});
  CHECK(tl::dataset_from<float>(table, 0).size() == 2);
  CHECK_THROWS_WITH(tl::dataset_from<float>(table, 3),
                    "dataset_from: 3 targets, expected 0 to 2 as the table has 3 columns");
  CHECK_THROWS_WITH(tl::dataset_from<float>(table, -1),
                    "dataset_from: -1 targets, expected 0 to 2 as the table has 3 columns");
  const tl::csv_table huge{{"a", "b"}, {1, 2, 3, 1e300}, 2, 2};
  CHECK(tl::dataset_from<double>(huge).ys[1] == 1e300);
  CHECK_THROWS_WITH(tl::dataset_from<float>(huge),
                    "dataset_from: row 2, column 2 (b) is 1e+300, expected a finite number within "
                    "the range of float; rows and columns count from 1, without the header");
  CHECK(huge.at(1, 0) == 3);
  CHECK_THROWS_WITH(huge.at(0, 2), "csv_table: row 0, column 2 of a table of 2 x 2");
}

TEST_CASE("splits are scikit-learn's", "[io][dataset]") {
  const auto golden = nlohmann::json::parse(text_of(fixture("numpy_random.json")));
  for (const auto& split : golden["splits"]) {
    const auto data = numbered(split["n"].get<std::size_t>());
    const auto [train, test] = tl::train_test_split(data, split["fraction"].get<double>(),
                                                    split["seed"].get<std::uint32_t>());
    CHECK(train.xs == split["train"].get<std::vector<double>>());
    CHECK(test.xs == split["test"].get<std::vector<double>>());
    CHECK(train.ys == train.xs);
    CHECK(test.ys == test.xs);
  }
  const auto parts = tl::train_test_split(sample(), 0.3, 0);
  CHECK(parts.train.class_names == sample().class_names);
  CHECK(parts.test.inputs == 2);
}

TEST_CASE("a split that leaves nothing is an error", "[io][dataset]") {
  const std::string text = "leaves a set of 3 samples empty on one side";
  for (const double fraction : {0.0, -0.5, 0.9, 1.0, 2.0, std::nan("")}) {
    CHECK_THROWS_WITH(tl::train_test_split(sample(), fraction, 0), Catch::EndsWith(text));
  }
  CHECK_THROWS_WITH(
      tl::train_test_split(tl::dataset<float>{}, 0.5, 0),
      "train_test_split: a test fraction of 0.5 leaves a set of 0 samples empty on one "
      "side");
}

TEST_CASE("one-hot targets", "[io][dataset]") {
  const auto hot = tl::one_hot(sample(), 3);
  CHECK(hot.targets == 3);
  CHECK(hot.ys == std::vector<float>{1, 0, 0, 0, 0, 1, 0, 1, 0});
  CHECK(hot.xs == sample().xs);
  CHECK_THROWS_WITH(tl::one_hot(sample(), 2),
                    "one_hot: target of sample 1: found 2, expected a class index from 0 to 1");
  CHECK_THROWS_WITH(tl::one_hot(hot, 3),
                    "one_hot: found 3 targets per sample, expected 1 class index");
  auto odd = sample();
  odd.ys[0] = 0.5f;
  CHECK_THROWS_WITH(tl::one_hot(odd, 3), Catch::Contains("found 0.5, expected a class index"));
  odd.ys[0] = -1.0f;
  CHECK_THROWS_WITH(tl::one_hot(odd, 3), Catch::Contains("found -1, expected a class index"));
  odd.ys[0] = std::nanf("");
  CHECK_THROWS_WITH(tl::one_hot(odd, 3), Catch::Contains("found nan, expected a class index"));
}

TEST_CASE("a part of a data set has samples that exist", "[io][dataset]") {
  const tl::dataset<float> data = sample();
  const std::uint32_t there[] = {2, 0, 2}, beyond[] = {0, 3};
  CHECK(tl::subset<float>(data, there).ys == std::vector<float>{1, 0, 1});
  CHECK_THROWS_WITH(
      tl::subset<float>(data, beyond),
      "subset: number 1 of the list is sample 3, but there are 3 samples, 0 to 2");
}
