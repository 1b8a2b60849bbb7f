// The street lights train in constant expressions, to the same figures as at run time.
#include "../../examples/streetlights.hpp"

#include <catch2/catch.hpp>

namespace street = streetlights;

namespace {

template <class Trainer>
struct trained {
  Trainer trainer;
  double error;  ///< of the last epoch
};

/// A run taken on by `epochs`; in portions, as compilers limit the length of a constant expression.
template <class Trainer>
constexpr trained<Trainer> taken_on(const trained<Trainer>& from, int epochs = 10) {
  trained<Trainer> run = from;
  for (int i = 0; i < epochs; ++i) run.error = street::epoch(run.trainer);
  return run;
}

using hidden_trainer = street::trainer<street::hidden, 1>;
constexpr trained<hidden_trainer> start{
    hidden_trainer{street::hidden_weights(), {.learning_rate = 0.2}}, 0};

constexpr auto after_10 = taken_on(start);
constexpr auto after_20 = taken_on(after_10);
constexpr auto after_30 = taken_on(after_20);
constexpr auto after_40 = taken_on(after_30);
constexpr auto after_50 = taken_on(after_40);
constexpr auto after_60 = taken_on(after_50);

constexpr bool equal(double got, double wanted) {
  const double d = (got - wanted) / wanted;
  return -1e-12 < d && d < 1e-12;
}
static_assert(!equal(1 + 2e-12, 1) && !equal(1 - 2e-12, 1));

static_assert(equal(after_10.error, 0.31298811341557736));
static_assert(equal(after_20.error, 0.043272385299784624));
static_assert(equal(after_30.error, 0.0034372657015086937));
static_assert(equal(after_40.error, 0.00019649599346773566));
static_assert(equal(after_50.error, 1.015593230102771e-05));
static_assert(equal(after_60.error, 5.122102420300414e-07));

using direct_trainer = street::trainer<street::direct, 1>;
constexpr auto epoch_31 = taken_on(
    trained<direct_trainer>{direct_trainer{street::direct_weights(), {.learning_rate = 0.1}}, 0},
    31);
static_assert(equal(epoch_31.error, 0.0018939739123713475));

}  // namespace

TEST_CASE("training at run time follows training in constant expressions") {
  auto run = start;
  for (const auto* wanted : {&after_10, &after_20, &after_30, &after_40, &after_50, &after_60}) {
    run = taken_on(run);
    CHECK(equal(run.error, wanted->error));
    const auto &got = run.trainer.parameters(), &same = wanted->trainer.parameters();
    for (int i = 0; i < 12; ++i) CHECK(got.get(0, i) == Approx(same.get(0, i)).epsilon(1e-12));
    for (int i = 0; i < 4; ++i) CHECK(got.get(1, i) == Approx(same.get(1, i)).epsilon(1e-12));
  }
}
