#include <tapeless/io/batches.hpp>

#include <catch2/catch.hpp>

#include <algorithm>

namespace tl = tapeless;

static_assert(!std::is_constructible_v<tl::batches<float>, tl::dataset<float>, int>);

namespace {

/// Sample i has inputs (i, -i) and target 10 i.
tl::dataset<float> numbered(int count) {
  tl::dataset<float> data;
  data.inputs = 2;
  data.targets = 1;
  for (int i = 0; i < count; ++i) {
    data.xs.push_back(static_cast<float>(i));
    data.xs.push_back(static_cast<float>(-i));
    data.ys.push_back(static_cast<float>(10 * i));
  }
  return data;
}

/// The samples of an epoch in order; every row must be whole and in its place.
std::vector<float> visited(tl::batches<float>& portions, std::uint32_t epoch) {
  std::vector<float> order;
  for (const auto [xs, ys, count] : portions.epoch(epoch)) {
    for (int i = 0; i < count; ++i) {
      order.push_back(xs[2 * i]);
      if (xs[2 * i + 1] != -xs[2 * i] || ys[i] != 10 * xs[2 * i]) FAIL("torn row");
    }
  }
  return order;
}

}  // namespace

TEST_CASE("batches in order point into the data", "[io][batches]") {
  const auto data = numbered(7);
  tl::batches<float> portions(data, 3);
  CHECK(portions.count() == 3);
  std::vector<int> sizes;
  std::vector<const float*> starts;
  for (const auto& part : portions.epoch(0)) {
    sizes.push_back(part.count);
    starts.push_back(part.xs);
  }
  CHECK(sizes == std::vector<int>{3, 3, 1});
  CHECK(starts == std::vector<const float*>{&data.xs[0], &data.xs[6], &data.xs[12]});
  CHECK(visited(portions, 5) == std::vector<float>{0, 1, 2, 3, 4, 5, 6});
}

TEST_CASE("a batch may hold everything, or there may be none", "[io][batches]") {
  const auto data = numbered(4);
  tl::batches<float> whole(data, 100);
  CHECK(whole.count() == 1);
  CHECK((*whole.epoch(0).begin()).count == 4);
  tl::batches<float> shuffled_whole(data, 100, 1);
  CHECK(visited(shuffled_whole, 0).size() == 4);
  const tl::dataset<float> nothing;
  tl::batches<float> none(nothing, 4, 1);
  CHECK(none.count() == 0);
  CHECK(none.epoch(0).begin() == none.epoch(0).end());
  CHECK_THROWS_WITH(tl::batches<float>(data, 0), "batches: found batch size 0, expected 1 or more");
}

TEST_CASE("shuffled batches visit every sample once", "[io][batches]") {
  const auto data = numbered(50);
  tl::batches<float> portions(data, 8, 42);
  auto order = visited(portions, 0);
  CHECK_FALSE(std::is_sorted(order.begin(), order.end()));
  std::sort(order.begin(), order.end());
  REQUIRE(order.size() == 50);
  for (int i = 0; i < 50; ++i) CHECK(order[static_cast<std::size_t>(i)] == static_cast<float>(i));
  for (const auto& part : portions.epoch(1)) {
    CHECK(reinterpret_cast<std::uintptr_t>(part.xs) % 64 == 0);
    CHECK(reinterpret_cast<std::uintptr_t>(part.ys) % 64 == 0);
  }
}

TEST_CASE("the order depends on seed and epoch alone", "[io][batches]") {
  const auto data = numbered(50);
  tl::batches<float> one(data, 8, 42);
  tl::batches<float> other(data, 5, 42);
  const auto first = visited(one, 0);
  const auto second = visited(one, 1);
  const auto third = visited(one, 2);
  CHECK(first != second);
  CHECK(second != third);
  CHECK(visited(other, 2) == third);
  CHECK(visited(other, 0) == first);
  CHECK(visited(one, 1) == second);
  tl::batches<float> next_seed(data, 8, 43);
  CHECK(visited(next_seed, 0) != first);
  CHECK(visited(next_seed, 0) != second);
}
