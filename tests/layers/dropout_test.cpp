// Dropout: one mask per seed and step on every target, the right mean, nothing in evaluation.

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <iterator>
#include <tapeless/tapeless.hpp>
#include <vector>

namespace tl = tapeless;

namespace {

constexpr int features = 21, rows = 16;

/// The mask itself: the gradient of the weights is the dropped input summed over the batch.
struct net : tl::network<net> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{features});
    const tl::value w = g.parameter("w", tl::shape{features}, tl::initializer{});
    return tl::dropout<0.25>::lower(g, x * w);
  }
};

struct output_sum : tl::detail::elementwise_loss {
  static constexpr tl::value lower(tl::graph&, tl::value y, tl::value t) {
    return tl::math::sum(y * t);
  }
};

template <tl::lane_axis Axis, class T = float>
using trainer_of = tl::trainer<net, tl::summed<output_sum>, tl::sgd, tl::batch<rows>,
                               tl::lanes_over<Axis>, tl::scalar_type<T>>;

/// Which elements a step keeps: with targets that are distinct powers of two per group of samples,
/// the change of w tells which samples counted. Sample s has target 2^s, exact in double.
template <tl::lane_axis Axis>
constexpr std::vector<double> changes(std::uint64_t seed, int steps) {
  trainer_of<Axis, double> t{{}, {.learning_rate = 0.75}, seed};
  std::array<double, rows * features> x{}, y{};
  for (double& v : x) v = 1;
  for (std::size_t s = 0; s < rows; ++s)
    for (std::size_t f = 0; f < features; ++f) y[s * features + f] = static_cast<double>(1u << s);
  std::vector<double> all;
  for (int k = 0; k < steps; ++k) {
    const auto before = t.parameters();
    t.step(x.data(), y.data());
    for (int f = 0; f < features; ++f) all.push_back(before.get(0, f) - t.parameters().get(0, f));
  }
  return all;
}

/// The first step, in a constant expression.
constexpr std::array<double, features> constant_changes() {
  std::array<double, features> a{};
  const std::vector<double> v = changes<tl::lane_axis::features>(7, 1);
  for (std::size_t i = 0; i < features; ++i) a[i] = v[i];
  return a;
}

int bits_of(double mask) {
  int n = 0;
  for (auto bits = static_cast<unsigned>(mask); bits != 0; bits /= 2)
    n += static_cast<int>(bits % 2);
  return n;
}

}  // namespace

TEST_CASE("the mask is the same for both lane axes") {
  const auto a = changes<tl::lane_axis::features>(7, 3), b = changes<tl::lane_axis::samples>(7, 3);
  REQUIRE(a.size() == b.size());
  for (std::size_t i = 0; i < a.size(); ++i) CHECK(a[i] == Approx(b[i]).margin(1e-6));
}

TEST_CASE("steps and seeds have masks of their own") {
  const auto a = changes<tl::lane_axis::features>(7, 2), b = changes<tl::lane_axis::features>(8, 1);
  int same_step = 0, same_seed = 0;
  for (std::size_t i = 0; i < features; ++i) {
    same_step += std::abs(a[i] - a[features + i]) < 0.5;
    same_seed += std::abs(a[i] - b[i]) < 0.5;
  }
  CHECK(same_step <= 2);
  CHECK(same_seed <= 2);
}

TEST_CASE("a quarter of the elements is dropped") {
  const int steps = 100, drawn = steps * features * rows;
  int kept = 0;
  for (const double c : changes<tl::lane_axis::features>(1, steps)) {
    const double mask = std::round(c);
    CHECK(c == Approx(mask).margin(1e-6));  // kept elements are x / (1 - P), whole after the rate
    kept += bits_of(mask);
  }
  const double deviation = std::sqrt(drawn * 0.25 * 0.75);
  CHECK(std::abs(kept - 0.75 * drawn) < 4 * deviation);
}

// Streams that are 40,503 apart, as they once were, are the same numbers in another order from
// 65,536 elements on: 24 bits of 131,072 unrelated numbers agree about a thousand times.
TEST_CASE("two layers draw different numbers, however many") {
  const auto sorted = [](float seed, int stream) {
    std::vector<float> drawn(1 << 17);
    for (std::size_t i = 0; i < drawn.size(); ++i)
      drawn[i] = tl::uniform::draw<float>(static_cast<std::uint32_t>(i), stream, seed, 3.0f);
    std::sort(drawn.begin(), drawn.end());
    return drawn;
  };
  const auto first = sorted(7, 0);
  for (const auto& other : {sorted(7, 1), sorted(7, 2), sorted(8, 0), sorted(8, 1)}) {
    std::vector<float> both;
    std::set_intersection(first.begin(), first.end(), other.begin(), other.end(),
                          std::back_inserter(both));
    CHECK(both.size() < 2000);
  }
}

TEST_CASE("streams of several seeds are far apart") {
  std::vector<std::uint32_t> keys;
  for (std::uint32_t seed = 0; seed < 16; ++seed)
    for (int stream = 0; stream < 16; ++stream) keys.push_back(tl::uniform::key(seed, stream));
  std::sort(keys.begin(), keys.end());
  std::uint32_t least = keys.front() - keys.back();  // around the end of 32 bits
  for (std::size_t i = 1; i < keys.size(); ++i) least = std::min(least, keys[i] - keys[i - 1]);
  CHECK(least >= 1u << 21);
}

TEST_CASE("constant expressions draw the same mask") {
  constexpr auto constant = constant_changes();
  const auto a = changes<tl::lane_axis::features>(7, 1);
  for (std::size_t i = 0; i < features; ++i) CHECK(a[i] == Approx(constant[i]).margin(1e-6));
}

TEST_CASE("evaluation drops nothing") {
  tl::parameters<net, float> theta;
  std::array<float, features> x;
  for (int f = 0; f < features; ++f) {
    theta.set(0, f, 2.0f);
    x[static_cast<std::size_t>(f)] = static_cast<float>(f) - 9;
  }
  const auto y = tl::forward<net>(theta, x);
  for (std::size_t f = 0; f < features; ++f) CHECK(y[f] == 2 * x[f]);
}
