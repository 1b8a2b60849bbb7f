// What checkpoints cost and save: code does not grow with the length, memory does less; forward
// passes and streams do not know of them.

#include <catch2/catch.hpp>
#include <tapeless/tapeless.hpp>

namespace {

namespace tl = tapeless;

template <int Steps, int Checkpoint>
using net = tl::sequential<tl::input<Steps, 3>,
                           tl::gru<16, tl::recurrent{.yield = tl::yields::last, .checkpoint = Checkpoint}>>;
template <int Steps, int Checkpoint>
using step_job = tl::detail::training_job<net<Steps, Checkpoint>, tl::mse, tl::adam, tl::batch<32>>;
template <int Steps, int Checkpoint>
constexpr long long peak_of =
    tl::cost_of<net<Steps, Checkpoint>, tl::mse, tl::adam, tl::batch<32>>.peak_bytes;

}  // namespace

TEST_CASE("checkpoints take less memory", "[scan]") {
  STATIC_REQUIRE(peak_of<200, 14> < peak_of<200, 0> / 4);
}
TEST_CASE("code of scans with checkpoints does not grow with their length", "[scan]") {
  constexpr const auto& short_one = step_job<1000, 20>::plan;
  constexpr const auto& long_one = step_job<5000, 20>::plan;
  CHECK(long_one.step_count == short_one.step_count);
  CHECK(long_one.kernels <= short_one.kernels);
}
TEST_CASE("forward passes do not know of checkpoints", "[scan]") {
  STATIC_REQUIRE(tl::topology_hash<net<20, 5>> == tl::topology_hash<net<20, 0>>);
}
