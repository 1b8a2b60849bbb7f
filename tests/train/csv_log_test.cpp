#include <catch2/catch.hpp>
#include <fstream>
#include <limits>
#include <string>
#include <tapeless/train/csv_log.hpp>

#include "scratch.hpp"

namespace tl = tapeless;
using Catch::Matchers::Contains;

namespace {

tl::epoch_record record(int epoch) {
  tl::epoch_record r;
  r.epoch = epoch;
  r.train_loss = 0.1;
  r.batch_mean_loss = 0.25;
  r.validation_loss = std::numeric_limits<double>::quiet_NaN();
  r.metrics = {0.5};
  r.learning_rate = 1e-3;
  r.seconds = 2;
  return r;
}

}  // namespace

TEST_CASE("a log has one header and one line per epoch", "[train][csv]") {
  scratch_folder folder;
  const std::string header =
      "epoch,train_loss,batch_mean_loss,validation_loss,learning_rate,seconds,accuracy\n";
  {
    tl::csv_log log(folder / "log.csv", {"accuracy"});
    CHECK(read_text(folder / "log.csv") == header);
    log.write(record(1));
    CHECK(read_text(folder / "log.csv") == header + "1,0.1,0.25,nan,0.001,2,0.5\n");
  }
  tl::csv_log(folder / "log.csv", {"accuracy"}).write(record(2));
  CHECK(read_text(folder / "log.csv") ==
        header + "1,0.1,0.25,nan,0.001,2,0.5\n2,0.1,0.25,nan,0.001,2,0.5\n");
}

TEST_CASE("a metric's name may hold anything", "[train][csv]") {
  scratch_folder folder;
  tl::csv_log(folder / "log.csv", {"a,b", "say \"x\"", "two\nlines"});
  CHECK_THAT(read_text(folder / "log.csv"),
             Contains(",seconds,\"a,b\",\"say \"\"x\"\"\",\"two lines\"\n"));
  CHECK_NOTHROW(tl::csv_log(folder / "log.csv", {"a,b", "say \"x\"", "two\nlines"}));
}

TEST_CASE("a log of other columns is not continued", "[train][csv][errors]") {
  scratch_folder folder;
  tl::csv_log(folder / "log.csv", {"accuracy"});
  CHECK_THROWS_WITH(tl::csv_log(folder / "log.csv", {"mae"}),
                    Contains("this log has other columns: found 'epoch,") &&
                        Contains("seconds,accuracy', expected 'epoch,") &&
                        Contains("seconds,mae'"));
}

TEST_CASE("a file of another kind is not continued, and is not quoted whole", "[train][csv][errors]") {
  scratch_folder folder;
  for (const std::string& content : {std::string(1 << 20, 'x'), std::string("\x1b[2J\0\xff", 6)}) {
    std::ofstream(folder / "log.csv", std::ios::binary) << content;
    try {
      tl::csv_log(folder / "log.csv", {});
      FAIL("continued");
    } catch (const tl::file_error& error) {
      const std::string text = error.what();
      CHECK(text.size() < 1000);
      CHECK(text.find('\x1b') == text.npos);
      CHECK(text.find('\0') == text.npos);
    }
    CHECK(read_text(folder / "log.csv") == content);
  }
}

TEST_CASE("a log that cannot be written says so", "[train][csv][errors]") {
  CHECK_THROWS_WITH(tl::csv_log("/no/such/folder/log.csv", {}),
                    "/no/such/folder/log.csv: cannot be opened: No such file or directory");
  if (std::filesystem::exists("/dev/full"))
    CHECK_THROWS_WITH(tl::csv_log("/dev/full", {}),
                      "/dev/full: cannot be written: No space left on device");
}

TEST_CASE("two runs never share a log, a resumed one goes on in it", "[train][csv][errors]") {
  scratch_folder folder;
  const auto file = folder / "log.csv";
  {
    tl::csv_log first(file, {"accuracy"}, 0);
    for (const int epoch : {1, 2, 3}) first.write(record(epoch));
  }
  const std::string three = read_text(file);
  CHECK_THROWS_WITH(tl::csv_log(file, {"accuracy"}, 0), Contains("this log holds a run already"));
  CHECK(read_text(file) == three);
  tl::csv_log(file, {"accuracy"}, 3);
  CHECK(read_text(file) == three);
  tl::csv_log(file, {"accuracy"}, 2).write(record(3));  // the run goes on from an older checkpoint
  CHECK(read_text(file) == three);
  tl::csv_log(folder / "empty.csv", {});
  CHECK_NOTHROW(tl::csv_log(folder / "empty.csv", {}, 0));
}
