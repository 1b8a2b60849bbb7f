#include <catch2/catch.hpp>
#include <cstdio>
#include <string>
#include <tapeless/train/epoch_table.hpp>

#include "scratch.hpp"

namespace tl = tapeless;

TEST_CASE("an epoch table prints as the epochs end", "[train][table]") {
  scratch_folder folder;
  std::FILE* file = std::fopen((folder / "t").c_str(), "w");
  REQUIRE(file != nullptr);
  tl::epoch_table table(file, 100, true, true, {"accuracy"});
  CHECK(read_text(folder / "t").empty());
  tl::epoch_record r;
  r.epoch = 7;
  r.train_loss = 0.5;
  r.validation_loss = 0.000001;
  r.metrics = {0.875};
  r.learning_rate = 1e-3;
  r.seconds = 1.25;
  table.print(r);
  CHECK(read_text(folder / "t") ==
        "epoch    train loss  validation loss    accuracy  learning rate   seconds\n"
        "-----  ------------  ---------------  ----------  -------------  --------\n"
        "    7      0.500000     1.000000e-06      0.8750          0.001     1.250\n");
  r.epoch = 100;
  table.print(r);
  CHECK(read_text(folder / "t")
            .ends_with(
                "  100      0.500000     1.000000e-06      0.8750          0.001     1.250\n"));
  std::fclose(file);
}

TEST_CASE("an epoch table without a file is silent", "[train][table]") {
  CHECK_NOTHROW(tl::epoch_table(nullptr, 1, false, false, {}).print({}));
}
