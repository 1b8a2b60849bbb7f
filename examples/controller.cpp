// A recurrent policy of 22-16-4 learns to imitate a linear controller. The linear controller knows
// the whole state; the policy sees positions late and with noise and has to remember. Rounds of
// training: the policy is in control, the linear controller says what it would have done, and the
// policy learns that (Ross, Gordon, Bagnell, DAgger, 2011). Net and masses are in controller/.
#include <CLI/CLI.hpp>
#include <exception>
#include <tapeless/train/plot_curves.hpp>
#include <tapeless/train/table.hpp>

#include "controller/net.hpp"

namespace tl = tapeless;
using namespace controller;

namespace {

struct choice {
  int rounds = 20, epochs = 10, episodes = 128;
  std::uint32_t seed = 1;
  std::filesystem::path output = ".";
};

/// Adds episodes in which the policy is in control, or the teacher where there is no policy yet. The
/// targets are what the teacher would do.
void add_episodes(tl::dataset<float>& data, const linear& teacher, const parameters* theta,
                  int count, std::uint32_t seed) {
  tl::mt19937 random(seed);
  for (int e = 0; e < count; ++e) {
    plant world(random());
    std::unique_ptr<pilot> policy;
    if (theta) policy = std::make_unique<pilot>(*theta);
    for (int t = 0; t < steps; ++t) {
      const observation seen = world.look();
      const forces wanted = teacher(world.now(), world.target(), world.holding());
      data.xs.insert(data.xs.end(), seen.begin(), seen.end());
      for (const double u : wanted) data.ys.push_back(static_cast<float>(u));
      world.push(policy ? (*policy)(seen) : wanted);
    }
  }
}

using clock = std::chrono::steady_clock;

/// What became of some thousand steps.
struct outcome {
  double cost = 0, distance = 0, nanoseconds = 0;
  std::vector<double> position;  ///< of the second mass, the first steps
};

/// `act` gets the world and what is seen of it.
template <class Act>
outcome fly(Act act, std::uint32_t seed) {
  constexpr int worlds = 10, length = 1000;
  constexpr std::size_t shown = 150;
  outcome o;
  std::chrono::duration<double, std::nano> time{0};
  for (std::uint32_t w = 0; w < worlds; ++w) {
    plant world(seed + w);
    for (int t = 0; t < length; ++t) {
      const observation seen = world.look();
      const auto start = clock::now();
      const forces u = act(world, seen, t == 0);
      time += clock::now() - start;
      if (o.position.size() < shown) o.position.push_back(world.now()[pushed(0)]);
      for (std::size_t i = 0; i < masses; ++i)
        o.distance += std::pow(world.now()[i] - world.target()[i], 2);
      o.cost += world.push(u);
    }
  }
  constexpr double all = worlds * length;
  o.cost /= all;
  o.distance = std::sqrt(o.distance / all / masses);
  o.nanoseconds = time.count() / all;
  return o;
}

/// The linear controller on what is seen: positions as if they were those of now, velocities by
/// differences from the step before.
outcome fly_by_sight(const linear& teacher, std::uint32_t seed) {
  observation before{};
  return fly(
      [&](const plant& world, const observation& seen, bool first) {
        state s{};
        for (std::size_t i = 0; i < masses; ++i) {
          s[i] = static_cast<double>(seen[i]);
          s[masses + i] = first ? 0 : static_cast<double>(seen[i] - before[i]) / dt;
        }
        before = seen;
        return teacher(s, world.target(), world.holding());
      },
      seed);
}
outcome fly_policy(const parameters& theta, std::uint32_t seed) {
  pilot p(theta);
  return fly(
      [&](const plant&, const observation& seen, bool first) {
        if (first) p = pilot(theta);
        return p(seen);
      },
      seed);
}

void run(const choice& c) {
  const linear teacher;
  const std::uint32_t test = c.seed + 1000000;
  imitation student(c.seed);
  tl::dataset<float> data{{}, {}, steps * inputs, steps * outputs, {}};
  fmt::print("{} masses, {} motors; positions are seen {} steps late and up to {} wrong\n\n",
             masses, motors, delay, noise);
  tl::text_table rounds{{{"round"},
                         {"sequences", tl::alignment::right, 0, 9},
                         {"loss", tl::alignment::right, 4, 8},
                         {"cost in the loop", tl::alignment::right, 3},
                         {"seconds", tl::alignment::right, 2}}};
  fmt::print("{}", rounds.header());
  std::unique_ptr<parameters> theta;
  std::vector<double> costs;
  for (int r = 1; r <= c.rounds; ++r) {
    const auto round = static_cast<std::uint32_t>(r);
    add_episodes(data, teacher, theta.get(), c.episodes, c.seed + round);
    double loss = 0, seconds = 0;
    student.learn(data, {c.epochs, c.seed + round, 0.01}, [&](const training::epoch& e) {
      loss = e.loss;
      seconds += e.seconds;
    });
    theta = student.learnt();
    costs.push_back(fly_policy(*theta, test - 500).cost);
    rounds.add(r, data.size(), loss, costs.back(), seconds);
    fmt::print("{}", rounds.row(rounds.rows() - 1));
    std::fflush(stdout);
  }

  const outcome idle = fly(
      [](const plant& world, const observation&, bool) { return world.holding(); }, test);
  const outcome knowing = fly(
      [&](const plant& world, const observation&, bool) {
        return teacher(world.now(), world.target(), world.holding());
      },
      test);
  const outcome sight = fly_by_sight(teacher, test), policy = fly_policy(*theta, test);
  tl::text_table table{{{"in other worlds", tl::alignment::left},
                        {"cost", tl::alignment::right, 3},
                        {"distance", tl::alignment::right, 3},
                        {"ns a step", tl::alignment::right, 0}}};
  const auto row = [&](const char* name, const outcome& o) {
    table.add(name, o.cost, o.distance, o.nanoseconds);
  };
  row("forces that hold the target", idle);
  row("linear, on what is seen", sight);
  row("recurrent policy", policy);
  row("linear, knows the state", knowing);
  fmt::print("\n{} parameters\n{}\n", parameters::scalar_count, table.str());
  tl::plot_curves(c.output / "controller.svg", "A mass under three controllers",
                  {{"recurrent policy", {}, policy.position},
                   {"linear, on what is seen", {}, sight.position},
                   {"linear, knows the state", {}, knowing.position, true}},
                  {.x_label = "step", .y_label = "position", .markers = false});
  fmt::print("picture: {}/controller.svg\n", c.output.string());
}

}  // namespace

int main(int argc, char** argv) {
  choice c;
  bool quick = false;
  CLI::App app{"A recurrent policy learns to control masses that it sees late and with noise."};
  app.add_option("--rounds", c.rounds)->check(CLI::PositiveNumber)->capture_default_str();
  app.add_option("--epochs", c.epochs, "in each round")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  app.add_option("--episodes", c.episodes, "new ones in each round, at least 32")
      ->check(CLI::Range(32, 100000))
      ->capture_default_str();
  app.add_option("--seed", c.seed, "of worlds, first weights and order")->capture_default_str();
  app.add_flag("--quick", quick, "3 rounds of 5 epochs");
  app.add_option("--output", c.output, "folder for the picture")->check(CLI::ExistingDirectory);
  CLI11_PARSE(app, argc, argv);
  if (quick) c.rounds = 3, c.epochs = 5;
  try {
    run(c);
  } catch (const std::exception& error) {
    fmt::print(stderr, "controller: {}\n", error.what());
    return 1;
  }
}
