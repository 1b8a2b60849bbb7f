// Snippets of several pages of docs/, each in a function of its own; they are compiled, not run.
#include <fmt/core.h>
#include <tapeless/host.hpp>
#include <tapeless/threads.hpp>

#include <memory>

#include "policy_weights.hpp"

namespace tl = tapeless;

namespace declaring {
namespace {
struct net : tl::sequential<tl::input<784>, tl::dense<128>, tl::relu, tl::dense<10>> {};
struct tagger : tl::network<tagger> {
  static consteval tl::value define(tl::graph& g) {
    auto x = g.input("x", tl::shape{16});
    auto h = tl::math::relu(g.dense("fc1", x, 64));
    h = h + tl::math::relu(g.dense("fc2", h, 64));  // a skip connection
    return tl::math::softmax(g.dense("head", h, 5));
  }
};
static_assert(tl::input_size<net> == 784 && tl::output_size<tagger> == 5);
struct policy : tl::sequential<tl::input<3>, tl::dense<16>, tl::tanh, tl::dense<2>> {};
struct critic : tl::network<critic> {
  static consteval tl::value define(tl::graph& g) {
    auto state = g.input("state", tl::shape{3}), action = g.input("action", tl::shape{2});
    return g.dense("out", tl::math::relu(g.dense("in", tl::math::concat(state, action), 16)), 1);
  }
};
struct actor_critic : tl::network<actor_critic> {  // Q(s, pi(s))
  static consteval tl::value define(tl::graph& g) {
    auto s = g.input("s", tl::shape{3});
    auto a = g.layer<policy>("actor", s);    // "actor.0.weight", "actor.0.bias", "actor.2.weight", ...
    return g.layer<critic>("q", s, a);       // "q.in.weight", ...: one value per input
  }
};
struct siamese : tl::network<siamese> {
  static consteval tl::value define(tl::graph& g) {
    auto a = g.input("a", tl::shape{3}), b = g.input("b", tl::shape{3});
    auto d = g.shared<policy>("encoder", a) - g.shared<policy>("encoder", b);  // one "encoder.0.weight"
    return tl::math::sum(tl::math::square(d));
  }
};
static_assert(tl::output_size<actor_critic> == 1 && tl::input_size<siamese> == 6);
}  // namespace
}  // namespace declaring

namespace {

struct net : tl::sequential<tl::input<4>, tl::dense<8>, tl::relu, tl::dense<3>> {};
struct circle : tl::sequential<tl::input<2>, tl::dense<3>, tl::tanh, tl::dense<1>, tl::sigmoid> {};

[[maybe_unused]] void accuracy() {
  const tl::flush_to_zero guard;
}

[[maybe_unused]] void constant_expressions() {
  constexpr auto theta = tl::init<circle>(tl::seed{1});
  constexpr auto y = tl::forward<circle>(theta, std::array{0.1f, 0.2f});
  static_assert(y[0] > 0 && y[0] < 1);
}

constexpr auto trained(tl::trainer<circle, tl::mse, tl::sgd> t, int steps) {
  const float x[] = {0.5f, 0.5f}, y[] = {1};
  for (int i = 0; i < steps; ++i) t.step(x, y);
  return t;
}
constexpr tl::trainer<circle, tl::mse, tl::sgd> start{tl::init<circle>(tl::seed{1})};
constexpr auto after10 = trained(start, 10);
constexpr auto after20 = trained(after10, 10);
static_assert(after20.steps() == 20);

[[maybe_unused]] void instruction_sets(const tl::parameters<net>& theta, const float* x, float* y) {
  tl::forward<net, tl::instruction_set<tl::simd::sse2>>(theta, x, y);
  tl::trainer<net, tl::mse, tl::sgd, tl::instruction_set<tl::simd::sse2>> t{theta};
}

[[maybe_unused]] void costs(const tl::parameters<net>& theta, const float* x, float* y) {
  tl::forward<net, tl::costs<tl::cost_model{.vector_bytes = 32}>>(theta, x, y);
  constexpr tl::cost_model longer{.unroll_budget = 1024, .inline_budget = 20000};
  tl::trainer<net, tl::mse, tl::sgd, tl::costs<longer>> t{theta};
}

[[maybe_unused]] void importing_weights() {
  // #include "policy_weights.hpp"
  const auto action = tl::forward<robot::policy>(robot::policy_weights, std::array{1.0f, 0.0f});
  fmt::print("{}\n", action[0]);
}

[[maybe_unused]] void parameters(int output, int input) {
  auto theta = tl::init<net>(tl::seed{1});                 // each layer's own scheme
  auto other = tl::init<net, tl::he_normal>(tl::seed{1});  // weights by a scheme, biases 0
  tl::init_into(theta, tl::seed{1});  // in place, for blocks larger than a stack
  theta.view<"0.weight">()(output, input) = 0.5f;  // a path that does not exist does not compile
  for (const tl::parameter_info& p : theta.tensors())
    fmt::print("{} {}\n", p.name.view(), p.trainable);  // and p.dims, the shape
  theta = other;
}

[[maybe_unused]] void several_networks(tl::parameters<declaring::actor_critic>& all, tl::parameters<declaring::critic>& target) {
  auto actor = tl::init<declaring::policy>(tl::seed{1});
  tl::copy_parameters(tl::part<"actor">(all), actor);        // paths behind "actor." are those of policy
  tl::polyak_update(tl::part<"q">(all), target, 0.005);      // target = target + 0.005 (q - target)
  tl::part<"actor">(all).view<"0.bias">()[1] = 0;            // a view by what follows the path
}

[[maybe_unused]] void files() {
  auto theta = tl::init<net>(tl::seed{1});
  tl::save<net>("net.safetensors", theta);
  tl::load<net>("net.safetensors", theta);
  tl::load<net>("agent.safetensors", theta, {.prefix = "actor."});  // or "module.", "_orig_mod."
}

[[maybe_unused]] void as_header(const tl::parameters<robot::policy>& theta) {
  tl::write_header("policy_weights.hpp", theta, {.name = "robot::policy_weights", .include = "policy.hpp"});
}

[[maybe_unused]] void scaled_targets(const tl::dataset<float>& train, const tl::dataset<float>& test, std::vector<float>& outputs) {
  const auto scale = tl::standardize_targets(train);  // mean and deviation of each target
  const auto scaled = scale(train), scaled_test = scale(test);
  scale.invert(outputs);                              // predictions in the units of the data
}

[[maybe_unused]] float training(const float* xs, const float* ys) {
  tl::trainer<net, tl::cross_entropy, tl::adam, tl::batch<64>> t{tl::init<net>(tl::seed{1}), {.learning_rate = 1e-3}};
  float loss = t.step(xs, ys);        // 64 rows: forward, backward and update in one call
  loss = t.step(xs, ys, 17);          // the first 17 rows of a smaller last batch
  return loss;
}

[[maybe_unused]] void mean_of_weights(tl::trainer<net, tl::cross_entropy, tl::adam, tl::batch<64>>& t, const tl::dataset<float>& data,
                                     const float* x, float* y) {
  tl::weight_average<net> mean{0.999};  // or tl::weight_average<net>::equal_average()
  tl::fit(t, data, {.on_step = [&](long) { mean.update(t.parameters()); }});
  tl::forward<net>(mean.parameters(), x, y);
}

struct minus_output {  // makes the output large
  static constexpr tl::shape target(tl::shape) { return {0}; }  // no target
  static constexpr double terms(tl::shape output) { return output.count(); }
  static constexpr tl::value lower(tl::graph&, tl::value y, tl::value) { return -tl::math::sum(y); }
};
struct clipped_surrogate {  // PPO: rows of the target are action, advantage, old log-probability, epsilon
  static constexpr tl::shape target(tl::shape) { return {4}; }
  static constexpr double terms(tl::shape) { return 1; }
  static constexpr tl::value lower(tl::graph& g, tl::value y, tl::value t) {
    const tl::value taken = tl::math::iota(g, y.dims()) == t[0];
    const tl::value log_p = tl::math::sum(tl::math::select(taken, tl::math::log_softmax(y), 0.0));
    const tl::value ratio = tl::math::exp(log_p - t[2]), epsilon = t[3];
    const tl::value bounded = tl::math::min(tl::math::max(ratio, 1.0 - epsilon), 1.0 + epsilon);
    return -tl::math::min(ratio * t[1], bounded * t[1]);
  }
};
struct entropy_bonus {  // cross-entropy less a share of the entropy, which training lets decay
  struct options {
    double share = 0.01;
  };
  static constexpr void numbers(const options& o, double* scalar) { scalar[0] = o.share; }
  static constexpr tl::shape target(tl::shape) { return {}; }
  static constexpr double terms(tl::shape) { return 1; }
  static constexpr bool target_is_class = true, needs_classes = true;
  static constexpr tl::value lower(tl::graph& g, tl::value y, tl::value t) {
    const tl::value log_p = tl::math::log_softmax(y);
    const tl::value entropy = -tl::math::sum(tl::math::exp(log_p) * log_p);
    return tl::cross_entropy::lower(g, y, t) - tl::loss_scalar(g, 0) * entropy;
  }
};
[[maybe_unused]] void loss_options() {
  tl::trainer<net, entropy_bonus, tl::adam, tl::batch<8>> t{tl::seed{1}};
  t.loss_options().share = 0.001;
}
struct heavy_ball {
  struct options {
    double learning_rate = 0.01, momentum = 0.9;  // may change while training
  };
  struct progress {};                              // what advance remembers from step to step
  static constexpr int states = 1, scalars = 2;
  static constexpr void advance(const options& o, progress&, double* scalar) {
    scalar[0] = o.learning_rate;
    scalar[1] = o.momentum;
  }
  static constexpr tl::update step(tl::value w, tl::value g, const tl::value* state, const tl::value* scalar) {
    const tl::value v = scalar[1] * state[0] + g;
    return {w - scalar[0] * v, {v}};
  }
};
static_assert(tl::target_size<net, clipped_surrogate> == 4);
[[maybe_unused]] void without_target(const float* xs, const float* ys) {
  tl::trainer<net, minus_output, tl::adam, tl::batch<8>> t{tl::seed{1}};
  t.step(xs, nullptr);
  tl::trainer<net, clipped_surrogate, heavy_ball, tl::batch<8>> other{tl::seed{1}};
  other.step(xs, ys);
}

[[maybe_unused]] void pictures(tl::trainer<circle, tl::bce, tl::adam, tl::batch<8>>& t, const tl::dataset<float>& data) {
  const tl::history h = tl::fit(t, data, {.epochs = 20});
  tl::plot_history("loss.svg", "Loss", h);
  tl::plot_curves("scaling.svg", "Speed over threads", {{"measured", {1, 2, 4}, {1, 1.6, 2.9}}, {"ideal", {1, 2, 4}, {1, 2, 4}, true}},
                  {.x_label = "threads", .x_scale = tl::axis_scale::log2});
  tl::plot_decision_boundary("circle.svg", "After 20 epochs", tl::probability_of(t), tl::points_of(data));
  fmt::print("{}", tl::confusion_matrix::of(tl::predict_all(t, data).view()).str({"outside", "inside"}));
}

struct classifier : tl::sequential<tl::input<4>, tl::named<"encoder", tl::dense<8>>, tl::relu, tl::dense<3>> {};
namespace with_groups {
using net = classifier;
[[maybe_unused]] float groups(const float* xs, const float* ys) {
  using slow = tl::parameter_group<tl::group_settings{.learning_rate_factor = 0.1}, "encoder">;
  using no_decay = tl::parameter_group<tl::group_settings{.weight_decay = 0}, "*.bias">;
  using trainer = tl::trainer<net, tl::cross_entropy, tl::adamw, tl::batch<64>, slow, no_decay>;
  return trainer{tl::init<net>(tl::seed{1})}.step(xs, ys);
}
}  // namespace with_groups

[[maybe_unused]] float counted(const tl::parameters<net>& theta, const float* xs, const float* ys, float* outputs, int count,
                               tl::parameters<net>& gradient) {
  tl::forward<net, tl::batch<8>>(theta, xs, outputs, count);  // any number of rows from 1 on, batch by batch
  float loss = tl::value_and_grad<net, tl::cross_entropy, tl::batch<8>>(theta, xs, ys, gradient, 5);  // the first 5 rows
  return loss;
}

[[maybe_unused]] void large() {
  using trainer = tl::trainer<net, tl::mse, tl::adam>;
  auto t = std::make_unique<trainer>(tl::seed{1}, trainer::options_type{.learning_rate = 1e-3});
  auto he = std::make_unique<trainer>(tl::drawn<tl::he_normal>{tl::seed{1}});
  static trainer in_static_storage{tl::seed{1}};
}

[[maybe_unused]] void lent(const tl::parameters<net>& theta, const float* x, float* y) {
  auto room = std::make_unique<tl::forward_workspace<net, float, tl::batch<4096>>>();
  tl::forward<net, tl::batch<4096>>(theta, x, y, *room);
}

[[maybe_unused]] float threads(const float* xs, const float* ys) {
  // #include <tapeless/threads.hpp>
  tl::trainer<net, tl::cross_entropy, tl::sgd, tl::batch<256>, tl::threads<2>> t{tl::init<net>(tl::seed{1})};
  return t.step(xs, ys);
}

[[maybe_unused]] void derivatives(const tl::parameters<net>& theta, const tl::parameters<net>& other,
                                  const std::array<float, tl::input_size<net>>& x,
                                  const std::array<float, tl::input_size<net>>& direction,
                                  const std::array<float, tl::output_size<net>>& t) {
  const auto [y, dy] = tl::jvp<net>(theta, x, direction);      // along a direction of the input
  const auto along = tl::jvp<net>(theta, x, other);            // along a direction of all parameters
  const auto j = tl::jacobian<net>(theta, x);                  // j[output][input]
  const auto of_bias = tl::jacobian<net, tl::with_respect_to<"2.bias">>(theta, x);
  const auto [loss, product] = tl::hvp<net, tl::mse>(theta, x, t, other);
  const auto h = tl::hessian<net, tl::mse, tl::with_respect_to<"x">>(theta, x, t);
  (void)y, (void)dy, (void)along, (void)j, (void)of_bias, (void)loss, (void)product, (void)h;
}

struct classified : tl::network<classified> {
  static consteval tl::value define(tl::graph& g) {
    const auto pixels = g.input_of<std::uint8_t>("pixels", tl::shape{28, 28}, 1.0 / 255);  // times a scale
    const auto tokens = g.input_of<std::int32_t>("tokens", tl::shape{8});
    return g.dense("y", tl::math::concat(tl::math::flatten(pixels), tokens), 3);
  }
};
static_assert(tl::input_size<classified> == 792);

struct player : tl::network<player> {
  static consteval tl::value define(tl::graph& g) {
    const auto board = g.input("board", tl::shape{64}), clock = g.input("clock", tl::shape{2});
    const auto h = tl::math::tanh(g.dense("body", tl::math::concat(board, clock), 32));
    g.output("value", tl::math::tanh(g.dense("value", h, 1)));
    return g.output("policy", g.dense("policy", h, 9));
  }
};
using both = tl::losses<tl::on<"policy", tl::cross_entropy>, tl::on<"value", tl::mse, 0.5>>;

[[maybe_unused]] float ports(const tl::parameters<player>& theta, const float* board, const float* clock,
                             const float* moves, const float* results, float* policy, float* value) {
  tl::forward<player, tl::batch<8>>(theta, tl::in<"board">(board), tl::in<"clock">(clock),
                                    tl::out<"policy">(policy), tl::out<"value">(value));
  const auto r = tl::value_and_grad<player, both, tl::batch<8>>(
      theta, tl::in<"board">(board), tl::in<"clock">(clock), tl::target_of<"policy">(moves),
      tl::target_of<"value">(results));
  tl::trainer<player, both, tl::adam, tl::batch<8>> t{theta};
  t.step(tl::in<"board">(board), tl::in<"clock">(clock), tl::target_of<"policy">(moves),
         tl::target_of<"value">(results));
  return r.loss;
}

struct power_law {
  static constexpr const char* name = "power_law";
  struct attributes { int degree; double factor; };
  template <class V> static constexpr V forward(V x, const attributes& a) {
    V y = tl::rounded<V>(a.factor);
    for (int i = 0; i < a.degree; ++i) y = y * x;
    return y;
  }
  template <class V> static constexpr V backward(V dy, V x, V, const attributes& a) {
    V slope = tl::rounded<V>(a.factor * a.degree);
    for (int i = 1; i < a.degree; ++i) slope = slope * x;
    return dy * slope;
  }
};
struct lawful : tl::network<lawful> {
  static consteval tl::value define(tl::graph& g) {
    tl::value x = g.input("x", tl::shape{4});
    tl::value y = tl::apply_with<power_law>({.degree = 3, .factor = 0.5}, x);
    return y;
  }
};
static_assert(tl::output_size<lawful> == 4);

}  // namespace
