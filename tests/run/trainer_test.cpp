// What a trainer promises beside its numbers: accumulation, frozen parameters, partial batches,
// predictions, copies.

#include <catch2/catch.hpp>
#include <cstring>
#include <run/golden_network.hpp>

namespace tl = tapeless;
namespace pytorch = golden::training;
using golden_network::net;

namespace {

template <int Batch, class... Options>
using trainer_of =
    tl::trainer<net, tl::cross_entropy, tl::sgd_with<tl::sgd_settings{.momentum = 0.9}>,
                tl::batch<Batch>, tl::scalar_type<double>, Options...>;

template <class Trainer>
Trainer fresh(double learning_rate = 0.1) {
  return Trainer{golden_network::from<double>(pytorch::initial), {.learning_rate = learning_rate}};
}

const double* const xs = pytorch::x.data();
const double* const ys = pytorch::labels.data();

void check_same(const tl::parameters<net, double>& a, const tl::parameters<net, double>& b) {
  for (int i = 0; i < a.size; ++i)
    CHECK(a.data[i] == Approx(b.data[i]).epsilon(1e-12).margin(1e-14));
}

}  // namespace

static_assert(std::is_trivially_copyable_v<trainer_of<4>>);

TEST_CASE("two accumulated halves make the step of the whole batch") {
  auto whole = fresh<trainer_of<8>>(0.1);
  auto halves = fresh<trainer_of<4>>(0.05);  // the sum of two means is twice the mean of all
  const double loss = whole.step(xs, ys);
  const double first = halves.accumulate(xs, ys), second = halves.accumulate(xs + 16, ys + 4);
  CHECK(halves.steps() == 0);
  halves.apply();
  CHECK(halves.steps() == 1);
  CHECK((first + second) / 2 == Approx(loss).epsilon(1e-13));
  check_same(halves.parameters(), whole.parameters());
  for (const double g : halves.state().gradient.data) CHECK(g == 0);
}

TEST_CASE("accumulation works in constant expressions") {
  constexpr auto theta = [] {
    trainer_of<4> t{golden_network::from<double>(pytorch::initial), {.learning_rate = 0.05}};
    t.accumulate(pytorch::x.data(), pytorch::labels.data());
    t.apply();
    return t.parameters();
  }();
  auto t = fresh<trainer_of<4>>(0.05);
  t.accumulate(xs, ys);
  t.apply();
  check_same(t.parameters(), theta);
}

TEST_CASE("a partial batch is a smaller batch") {
  auto partial = fresh<trainer_of<8>>();
  auto small = fresh<trainer_of<3>>();
  CHECK(partial.step(xs, ys, 3) == Approx(small.step(xs, ys)).epsilon(1e-13));
  CHECK(partial.step(xs + 12, ys + 3, 3) == Approx(small.step(xs + 12, ys + 3)).epsilon(1e-12));
  check_same(partial.parameters(), small.parameters());
  CHECK(partial.loss(xs, ys, 3) == Approx(small.loss(xs, ys)).epsilon(1e-12));
}

TEST_CASE("frozen parameters stay as they are") {
  auto t = fresh<trainer_of<8, tl::frozen_paths<"0", "2.bias">>>();
  for (int k = 0; k < 3; ++k) t.step(xs, ys);
  const auto start = golden_network::from<double>(pytorch::initial);
  int moved = 0;
  golden_network::for_each_parameter([&](int tensor, int e, std::size_t) {
    if (tensor == 2)
      moved += t.parameters().get(tensor, e) != start.get(tensor, e);
    else
      CHECK(t.parameters().get(tensor, e) == start.get(tensor, e));
  });
  CHECK(moved == 18);
}

TEST_CASE("predictions of a batch and of some rows of one are those of single samples") {
  const auto t = fresh<trainer_of<8>>();
  double all[24], some[15] = {};
  t.predict(xs, all);
  t.predict(xs, some, 4);
  for (std::size_t s = 0; s < 8; ++s) {
    const auto y = tl::forward<net>(
        t.parameters(), std::array{xs[4 * s], xs[4 * s + 1], xs[4 * s + 2], xs[4 * s + 3]});
    for (std::size_t i = 0; i < 3; ++i) {
      CHECK(all[3 * s + i] == Approx(y[i]).epsilon(1e-13));
      if (s < 4) CHECK(some[3 * s + i] == Approx(y[i]).epsilon(1e-13));
    }
  }
  CHECK(some[12] == 0);
}

TEST_CASE("evaluation changes nothing, and a copy trains on as its original") {
  auto t = fresh<trainer_of<8>>();
  t.step(xs, ys);
  const auto before = t;
  const double loss = t.loss(xs, ys);
  CHECK(std::memcmp(&before, &t, sizeof(t)) == 0);
  auto copy = t;
  CHECK(copy.step(xs, ys) == Approx(loss).epsilon(1e-12));
  t.step(xs, ys);
  CHECK(std::memcmp(copy.parameters().data, t.parameters().data, sizeof(t.parameters().data)) == 0);
}

TEST_CASE("the learning rate may change between steps") {
  auto still = fresh<trainer_of<8>>(0);
  still.step(xs, ys);
  check_same(still.parameters(), golden_network::from<double>(pytorch::initial));
  still.options().learning_rate = 0.1;
  still.step(xs, ys);
  int moved = 0;
  const auto start = golden_network::from<double>(pytorch::initial);
  golden_network::for_each_parameter(
      [&](int t, int e, std::size_t) { moved += still.parameters().get(t, e) != start.get(t, e); });
  CHECK(moved == 51);
}
