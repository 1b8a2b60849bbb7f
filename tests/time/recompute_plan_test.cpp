// What recomputing costs and saves: code does not grow with the length, memory does less; forward
// passes and streams do not know of them.

#include <catch2/catch.hpp>
#include <tapeless/tapeless.hpp>

namespace {

namespace tl = tapeless;

template <int Steps, int Group>
using net =
    tl::sequential<tl::input<Steps, 3>,
                   tl::gru<16, tl::recurrent{.yield = tl::yields::last, .recompute = Group}>>;
template <int Steps, int Group>
using step_job = tl::detail::training_job<net<Steps, Group>, tl::mse, tl::adam, tl::batch<32>>;
template <int Steps, int Group>
constexpr long long peak_of =
    tl::cost_of<net<Steps, Group>, tl::mse, tl::adam, tl::batch<32>>.peak_bytes;

}  // namespace

TEST_CASE("recomputing takes less memory", "[scan]") {
  STATIC_REQUIRE(peak_of<200, 14> < peak_of<200, 0> / 4);
}
TEST_CASE("code of scans that recompute does not grow with their length", "[scan]") {
  constexpr const auto& short_one = step_job<1000, 20>::plan;
  constexpr const auto& long_one = step_job<5000, 20>::plan;
  CHECK(long_one.step_count == short_one.step_count);
  CHECK(2 * std::size(long_one.code) <= 3 * std::size(short_one.code));
}
TEST_CASE("forward passes do not know of recomputing", "[scan]") {
  STATIC_REQUIRE(tl::topology_hash<net<20, 5>> == tl::topology_hash<net<20, 0>>);
}
