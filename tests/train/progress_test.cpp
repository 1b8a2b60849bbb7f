#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>
#include <cstdio>
#include <string>
#include <tapeless/train/progress.hpp>
#include <thread>

#include "scratch.hpp"

namespace tl = tapeless;

namespace {

struct capture {
  scratch_folder folder;
  std::FILE* file = std::fopen((folder / "out").c_str(), "w");
  ~capture() { std::fclose(file); }
  std::string text() {
    std::fflush(file);
    return read_text(folder / "out");
  }
};

}  // namespace

TEST_CASE("durations read like a clock", "[train][progress]") {
  CHECK(tl::clock_text(0) == "0s");
  CHECK(tl::clock_text(42.4) == "42s");
  CHECK(tl::clock_text(59.7) == "1:00");
  CHECK(tl::clock_text(187) == "3:07");
  CHECK(tl::clock_text(3729) == "1:02:09");
  CHECK(tl::clock_text(-3) == "0s");
}

TEST_CASE("a bar is quiet when its output is no terminal", "[train][progress]") {
  capture out;
  tl::progress_bar bar(2, 10, tl::show::automatic, out.file);
  CHECK_FALSE(bar.visible());
  bar.update(1, 1, 0.5, 32);
  bar.clear();
  CHECK(out.text().empty());
}

TEST_CASE("a bar shows epoch, batch, loss, speed and time left", "[train][progress]") {
  capture out;
  tl::progress_bar bar(20, 400, tl::show::always, out.file);
  bar.update(3, 120, 0.12341, 3200);
  const std::string line = bar.line(3, 120, 0.12341, 2.0);
  // One batch took 2 s; 17 epochs of 400 and 280 more are left: 14160 s.
  CHECK(line ==
        "epoch  3/20 [######..............] 120/400  loss 0.1234  1600 samples/s  ETA 3:56:00");
  CHECK(out.text().starts_with("\repoch  3/20 [######"));
  CHECK(out.text().ends_with("\x1b[K"));
  CHECK(bar.line(20, 400, 1e-9, 0.01).find("320.0k samples/s  ETA 0s") != std::string::npos);
  CHECK(bar.line(20, 400, 1e-9, 0.001).find("3.2M samples/s") != std::string::npos);
}

TEST_CASE("a bar redraws at most ten times a second", "[train][progress]") {
  capture out;
  tl::progress_bar bar(1, 1000, tl::show::always, out.file);
  for (int i = 1; i <= 500; ++i) bar.update(1, i, 0, 1);
  const std::string first = out.text();
  CHECK(std::count(first.begin(), first.end(), '\r') >= 1);
  CHECK(std::count(first.begin(), first.end(), '\r') < 50);
  std::this_thread::sleep_for(std::chrono::milliseconds(120));
  bar.update(1, 501, 0, 1);
  CHECK(out.text().size() > first.size());
  bar.clear();
  CHECK(out.text().ends_with("\r\x1b[K"));
  const auto size = out.text().size();
  bar.clear();
  CHECK(out.text().size() == size);
}
