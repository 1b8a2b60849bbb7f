// Learning rates over time against PyTorch's schedulers.

#include <catch2/catch.hpp>
#include <golden/optimizers.hpp>
#include <tapeless/optimizers/schedule.hpp>

namespace tl = tapeless;
namespace pytorch = golden::optimizers;

static_assert(tl::step_schedule{.rate = 8, .every = 2, .gamma = 0.5}(5) == 2);
static_assert(tl::cosine_schedule{.rate = 1, .period = 10, .least = 0}(5) == 0.5);
static_assert(tl::constant_schedule{.rate = 0.3}(1000) == 0.3);

namespace {

template <class Schedule>
void check(const Schedule& schedule, const std::array<double, 21>& wanted) {
  for (std::size_t k = 0; k < wanted.size(); ++k) {
    INFO("step " << k);
    CHECK(schedule(static_cast<long>(k)) == Approx(wanted[k]).epsilon(1e-13));
  }
}

}  // namespace

TEST_CASE("step schedule") {
  check(tl::step_schedule{.rate = 0.2, .every = 5, .gamma = 0.5}, pytorch::schedule_step);
}

TEST_CASE("step schedule of every step is exponential") {
  check(tl::step_schedule{.rate = 0.2, .every = 1, .gamma = 0.9}, pytorch::schedule_exponential);
}

TEST_CASE("cosine schedule") {
  check(tl::cosine_schedule{.rate = 0.2, .period = 20, .least = 0.01}, pytorch::schedule_cosine);
}

TEST_CASE("warm-up") {
  check(tl::warm_up<tl::constant_schedule>{.steps = 5, .start = 0.1, .then = {.rate = 0.2}},
        pytorch::schedule_linear_warm_up);
}

TEST_CASE("one cycle") {
  constexpr tl::one_cycle_schedule plain{.rate = 0.2, .steps = 21};
  auto linear = plain, three = plain;
  linear.linear = true;
  three.three_phases = true;
  check(plain, pytorch::schedule_one_cycle);
  check(linear, pytorch::schedule_one_cycle_linear);
  check(three, pytorch::schedule_one_cycle_three);
  CHECK(plain(20) == plain(1000));
}

TEST_CASE("reduction on a plateau") {
  const auto follows = [](tl::plateau_schedule schedule, const std::array<double, 40>& wanted) {
    for (std::size_t k = 0; k < wanted.size(); ++k) {
      INFO("number " << k);
      CHECK(schedule(pytorch::plateau_numbers[k]) == Approx(wanted[k]).epsilon(1e-14));
    }
  };
  follows({.rate = 0.2, .factor = 0.5, .patience = 3, .cooldown = 2, .least = 0.01},
          pytorch::plateau);
  follows({.rate = 0.2, .factor = 0.5, .patience = 3, .threshold = 0.01, .relative = false,
           .maximize = true},
          pytorch::plateau_maximize);
}

TEST_CASE("on a plateau NaN is no better, first or later") {
  tl::plateau_schedule schedule{.rate = 1, .factor = 0.5, .patience = 1};
  const double nan = __builtin_nan("");
  CHECK(schedule(nan) == 1);
  CHECK(schedule(nan) == 0.5);
  CHECK(schedule(3) == 0.5);
  CHECK(schedule(nan) == 0.5);
  CHECK(schedule(nan) == 0.25);
}

TEST_CASE("schedules of one step, and of a constant kind") {
  CHECK(tl::one_cycle_schedule{.rate = 0.2, .steps = 1}(0) > 0);
  CHECK(tl::warm_up<tl::constant_schedule>{.steps = 0, .then = {0.3}}(0) == 0.3);
  CHECK(tl::cosine_schedule{.rate = 0.2, .period = 1, .least = 0.1}(1) == Approx(0.1));
#if !TAPELESS_CHECKS
  // Else the program ends with a sentence (tests/checks).
  CHECK(tl::step_schedule{.rate = 0.2, .every = 0}(7) == 0.2);
  CHECK(tl::cosine_schedule{.rate = 0.2, .period = 0}(7) == 0.2);
#endif
}
