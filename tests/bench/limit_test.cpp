#include "../../bench/limit.hpp"

#include <catch2/catch.hpp>

using namespace contest;

namespace {

machine two_widths() {
  machine m;
  m.l1 = 32 << 10;
  m.l2 = 1 << 20;
  m.call = 1.5;
  m.by_width[32] = {32, 4, 1, 2, {{"L1", 200}, {"L2", 100}, {"L3", 20}}, {{"L1", 100}, {"L2", 40}}};
  m.by_width[64] = {64, 3, 1, 3, {{"L1", 400}, {"L2", 90}, {"L3", 25}}, {{"L1", 150}, {"L2", 50}}};
  return m;
}

}  // namespace

TEST_CASE("bench: the greatest of the bounds is the limit") {
  const machine m = two_widths();
  // 64 bytes: 3 vector FMAs of 16 lanes and 2 FLOPs a ns
  CHECK(limit_of({9600, 400, 0}, m, 64, 4).ns == Approx(100));
  CHECK(limit_of({9600, 400, 0}, m, 64, 4).by == "fma");
  CHECK(limit_of({9600, 400, 0}, m, 32, 4).ns == Approx(150));
  CHECK(limit_of({9600, 400, 0}, m, 64, 8).ns == Approx(200));
  const bound l1 = limit_of({10, 20000, 0}, m, 64, 4);
  CHECK(l1.ns == Approx(50));
  CHECK(l1.by == "L1");
  const bound updated = limit_of({10, 0, 300}, m, 64, 4);
  CHECK(updated.ns == Approx(2));
  CHECK(limit_of({10, 4, 0}, m, 64, 4).by == "call");
  CHECK(limit_of({10, 4, 0}, m, 64, 4).ns == Approx(1.5));
}

TEST_CASE("bench: bytes are read from the smallest cache that holds them") {
  const machine m = two_widths();
  CHECK(level_of(m, 32 << 10) == "L1");
  CHECK(level_of(m, (32 << 10) + 1) == "L2");
  CHECK(level_of(m, 2 << 20) == "L3");
  const bound l2 = limit_of({0, 500'000, 0}, m, 64, 4);
  CHECK(l2.by == "L2");
  CHECK(l2.ns == Approx(5000));  // narrow vectors read L2 faster here
  CHECK(limit_of({0, 5e6, 0}, m, 64, 4).by == "L3");
  // no rate was measured for updates beyond L2
  CHECK(limit_of({0, 0, 5e6}, m, 64, 4).by == "call");
}

TEST_CASE("bench: layers of dependent calls follow one another") {
  const machine m = two_widths();
  const bound chain = limit_of({9600, 0, 0}, m, 64, 4, 4);
  CHECK(chain.ns == Approx(100 + 4 * 3));  // the shorter chain is that of narrow vectors
  CHECK(chain.by == "chain");
}
