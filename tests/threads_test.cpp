// Training on several threads: the same bits for any number of them, and a team that behaves.

#include <catch2/catch.hpp>
#include <chrono>
#include <cstring>
#include <tapeless/tapeless.hpp>
#include <tapeless/threads.hpp>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

namespace tl = tapeless;

namespace {

struct net : tl::sequential<tl::input<24>, tl::dense<48>, tl::relu, tl::dropout<0.25>,
                            tl::dense<33>, tl::tanh, tl::dense<5>> {};
using momentum = tl::sgd_with<tl::sgd_settings{.momentum = 0.9}>;

/// Divides even the smallest kernels.
using always = tl::costs<tl::cost_model{.share_from = 1}>;

template <class Optimizer, int Batch, class... Options>
using trainer_of = tl::trainer<net, tl::cross_entropy, Optimizer, tl::batch<Batch>, Options...>;

/// Whether threads divide any step of a plan.
template <class Job, class T = float>
constexpr bool is_divided = []<std::size_t... S>(std::index_sequence<S...>) {
  using engine = tl::detail::engine<Job::plan, T, tl::simd::native>;
  return (engine::template is_shared<static_cast<int>(S)> || ...);
}
(std::make_index_sequence<static_cast<std::size_t>(Job::plan.step_count)>{});

static_assert(
    is_divided<tl::detail::training_job<net, tl::cross_entropy, momentum, tl::batch<16>, always>>);
static_assert(std::is_trivially_copyable_v<trainer_of<tl::sgd, 16>>);
static_assert(!std::is_copy_constructible_v<trainer_of<tl::sgd, 16, tl::threads<1>>>);
static_assert(!std::is_move_constructible_v<trainer_of<tl::sgd, 16, tl::threads<2>>>);
static_assert(std::is_trivially_copyable_v<trainer_of<tl::sgd, 16, tl::threads<2>>::state_type>);

constexpr int rows = 32;
struct data {
  std::vector<float> x = std::vector<float>(rows * 24), y = std::vector<float>(rows);
  data() {
    for (std::size_t i = 0; i < x.size(); ++i)
      x[i] = static_cast<float>(i * 7919 % 2001) / 1000 - 1;
    for (std::size_t i = 0; i < y.size(); ++i) y[i] = static_cast<float>(i * 3 % 5);
  }
};

/// All that some steps leave behind, the last of them with fewer rows.
template <class Trainer>
std::vector<float> traces(Trainer&& t) {
  const data d;
  const float *const x = d.x.data(), *const y = d.y.data();
  std::vector<float> seen;
  for (int i = 0; i < 3; ++i) seen.push_back(t.step(x + 24 * i, y + i));
  seen.push_back(t.step(x, y, t.batch_size - 5));
  const auto& s = t.state();
  seen.insert(seen.end(), std::begin(s.theta.data), std::end(s.theta.data));
  seen.insert(seen.end(), std::begin(s.slots), std::end(s.slots));
  return seen;
}
template <class Trainer>
std::vector<float> traces() {
  return traces(Trainer{tl::init<net>(tl::seed{1}), {.learning_rate = 0.05}, 5});
}

bool same_bits(const std::vector<float>& a, const std::vector<float>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0;
}

/// The traces of one thread, which are those of any number.
template <class Optimizer, int Batch, class... Options>
std::vector<float> check_any_number() {
  const auto one = traces<trainer_of<Optimizer, Batch, tl::threads<1>, Options...>>();
  CHECK(same_bits(one, traces<trainer_of<Optimizer, Batch, tl::threads<2>, Options...>>()));
  CHECK(same_bits(one, traces<trainer_of<Optimizer, Batch, tl::threads<3>, Options...>>()));
  CHECK(same_bits(one, traces<trainer_of<Optimizer, Batch, tl::threads<4>, Options...>>()));
  CHECK(one[2] != one[1]);
  return one;
}

/// The traces of accumulated gradients and of evaluation.
template <class Trainer>
std::vector<float> accumulated() {
  const data d;
  Trainer t{tl::init<net>(tl::seed{2}), {.learning_rate = 0.05}, 5};
  std::vector<float> seen{t.accumulate(d.x.data(), d.y.data())};
  seen.push_back(t.accumulate(d.x.data() + 48, d.y.data() + 2));
  t.apply();
  seen.push_back(t.loss(d.x.data(), d.y.data()));
  seen.push_back(t.loss(d.x.data(), d.y.data(), 3));
  seen.insert(seen.end(), std::begin(t.parameters().data), std::end(t.parameters().data));
  return seen;
}

}  // namespace

TEST_CASE("any number of threads gives the same bits: momentum, lanes over samples") {
  const auto one = check_any_number<momentum, 16, always>();
  const auto none = traces<trainer_of<momentum, 16, always>>();
  REQUIRE(none.size() == one.size());
  for (std::size_t i = 0; i < one.size(); ++i)
    REQUIRE(one[i] == Approx(none[i]).epsilon(1e-3).margin(1e-5));
}
TEST_CASE("any number of threads gives the same bits: adam, lanes over features, odd batch") {
  check_any_number<tl::adam, 13, always, tl::lanes_over<tl::lane_axis::features>>();
}
TEST_CASE("any number of threads gives the same bits: with the default costs") {
  check_any_number<momentum, 27, tl::clip_by_norm<0.5>>();
}
TEST_CASE("any number of threads gives the same bits: accumulated gradients and losses") {
  const auto one = accumulated<trainer_of<momentum, 16, tl::threads<1>, always>>();
  CHECK(same_bits(one, accumulated<trainer_of<momentum, 16, tl::threads<2>, always>>()));
  CHECK(same_bits(one, accumulated<trainer_of<momentum, 16, tl::threads<3>, always>>()));
}

TEST_CASE("a team meets as often as it likes, and starts and ends idle") {
  const tl::detail::thread_team<3> team;
  int sum[3] = {}, seen[3] = {};
  for (int round = 0; round < 200; ++round) {
    team.run([&](int part, auto& meet) {
      sum[part] += part + 1;
      meet();
      seen[part] = sum[0] + sum[1] + sum[2];
      meet();
    });
    REQUIRE(seen[0] == 6 * (round + 1));
    REQUIRE((seen[1] == seen[0] && seen[2] == seen[0]));
    if (round % 50 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(2));  // all asleep
  }
  const tl::detail::thread_team<4> idle;
}

TEST_CASE("threads compute in the floating-point mode of the caller") {
  const tl::detail::thread_team<2> team;
  tl::detail::float_control mode[2] = {};
  auto modes = [&] {
    team.run([&](int part, auto& meet) {
      mode[part] = tl::detail::read_float_control() & tl::detail::denormals_off;
      meet();
    });
  };
  {
    const tl::flush_to_zero guard;
    modes();
    CHECK(mode[0] == tl::detail::denormals_off);
    CHECK(mode[1] == mode[0]);
  }
  modes();
  CHECK((mode[0] == 0 && mode[1] == 0));
}

TEST_CASE("trainers with threads do not disturb one another") {
  using trainer = trainer_of<momentum, 16, tl::threads<2>, always>;
  const auto alone = traces<trainer>();
  std::vector<float> other;
  std::thread beside([&] { other = traces<trainer>(); });
  const auto here = traces<trainer>();
  beside.join();
  CHECK(same_bits(here, alone));
  CHECK(same_bits(other, alone));
}
