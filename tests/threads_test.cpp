// Training on several threads: the same bits for any number of them, and a team that behaves.

#include <chrono>
#include <thread>
#include <threads_traces.hpp>
#include <type_traits>
#include <utility>

using namespace threads_test;

namespace {

/// Whether threads divide any step of a plan.
template <class Job, class T = float>
constexpr bool is_divided = []<std::size_t... S>(std::index_sequence<S...>) {
  using engine = tl::detail::engine<Job::plan, T, tl::simd::native>;
  return (engine::template is_partitioned<static_cast<int>(S)> || ...);
}
(std::make_index_sequence<static_cast<std::size_t>(Job::plan.step_count)>{});

static_assert(
    is_divided<tl::detail::training_job<net, tl::cross_entropy, momentum, tl::batch<16>, always>>);
static_assert(std::is_trivially_copyable_v<trainer_of<tl::sgd, 16>>);
static_assert(!std::is_copy_constructible_v<trainer_of<tl::sgd, 16, tl::threads<1>>>);
static_assert(!std::is_move_constructible_v<trainer_of<tl::sgd, 16, tl::threads<2>>>);
static_assert(std::is_trivially_copyable_v<trainer_of<tl::sgd, 16, tl::threads<2>>::state_type>);

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
  check_any_number<batches::last_smaller, momentum, 16, always>();
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
    team.run([&](int part, auto& barrier) {
      sum[part] += part + 1;
      barrier();
      seen[part] = sum[0] + sum[1] + sum[2];
      barrier();
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
    team.run([&](int part, auto& barrier) {
      mode[part] = tl::detail::read_float_control() & tl::detail::denormals_off;
      barrier();
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
  const auto alone = traces<trainer, batches::last_smaller>();
  std::vector<float> other;
  std::thread beside([&] { other = traces<trainer, batches::last_smaller>(); });
  const auto here = traces<trainer, batches::last_smaller>();
  beside.join();
  CHECK(same_bits(here, alone));
  CHECK(same_bits(other, alone));
}
