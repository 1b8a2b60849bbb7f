// Which kernels small networks become: fewer steps is what fusion is for.

#include <catch2/catch.hpp>
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

namespace {

/// The same plan on every machine: eight lanes.
constexpr tl::target features{8, 4, 16, tl::lane_axis::features};
constexpr tl::target samples{8, 4, 16, tl::lane_axis::samples};

template <class Stage, tl::target On>
struct planned {
  static constexpr auto built = tl::freeze<Stage>();
  static_assert(built.error.what == tl::problem::none);
  struct rebuilt {
    static consteval void build(tl::graph& g) { tl::rebuild(g, built); }
  };
  static constexpr auto pruned = tl::freeze<rebuilt>();
  struct legalized {
    static consteval void build(tl::graph& g) { tl::legalize(g, pruned, On); }
  };
  static constexpr auto ready = tl::freeze<legalized>();
  static constexpr auto plan = tl::make_program<ready, On>();
};

template <class Net, int Batch, tl::target On>
using forward_of = planned<tl::detail::forward_stage<Net, Batch>, On>;
template <class Net, class Loss, int Batch, tl::target On, class Optimizer = tl::sgd,
          class... Options>
using step_of = planned<
    tl::detail::step_stage<Net, Loss, Optimizer, Batch, tl::detail::options_of<Options...>,
                           tl::detail::sharing::equal, tl::detail::gradient_source::samples>,
    On>;

struct one_layer : tl::sequential<tl::input<4>, tl::dense<8>, tl::relu> {};
struct two_layers : tl::sequential<tl::input<4>, tl::dense<8>, tl::tanh, tl::dense<3>> {};
struct frozen_first
    : tl::sequential<tl::input<4>, tl::frozen<tl::dense<8>>, tl::tanh, tl::dense<3>> {};

// Matrix product, bias and activation are one kernel.
static_assert(forward_of<one_layer, 1, features>::plan.step_count == 1);
static_assert(forward_of<one_layer, 32, features>::plan.step_count == 1);
static_assert(forward_of<two_layers, 1, features>::plan.step_count == 2);

// Lanes over samples add one transposition of the input.
static_assert(forward_of<two_layers, 32, samples>::plan.step_count == 3);

/// Steps whose code applies an operation after the reduction.
template <class Program>
constexpr int epilogues_with(const Program& p, const tl::operation* op) {
  int n = 0;
  for (const tl::step& s : p.steps) {
    if (s.reduction != tl::reduction_kind::sum) continue;
    for (int i = s.middle; i < s.code_end; ++i)
      if (p.code[i].what == tl::action::apply && tl::same_operation(p.code[i].op, op)) {
        ++n;
        break;
      }
  }
  return n;
}

/// Sums that start from something else than 0.
template <class Program>
constexpr int started_sums(const Program& p) {
  int n = 0;
  for (const tl::step& s : p.steps) n += s.start >= 0;
  return n;
}

// A product's sum starts from the bias, and the activation is applied in its epilogue.
static_assert(started_sums(forward_of<two_layers, 1, features>::plan) == 2);
static_assert(epilogues_with(forward_of<two_layers, 1, features>::plan,
                             &tl::description<tl::add>) == 0);
static_assert(epilogues_with(forward_of<two_layers, 1, features>::plan,
                             &tl::description<tl::tanh>) == 1);

using training = step_of<two_layers, tl::mse, 8, features>;

/// Steps that store a parameter, and how many of them hold the product that is its gradient.
template <class Program>
constexpr int updates(const Program& p, bool with_reduction) {
  int n = 0;
  for (const tl::step& s : p.steps) {
    bool stores = false;
    for (int i = s.code_begin; i < s.code_end; ++i)
      stores = stores || (p.code[i].what == tl::action::store &&
                          p.accesses[s.access_begin + p.code[i].b].where == tl::place::parameters);
    n += stores && (!with_reduction || s.reduction == tl::reduction_kind::sum);
  }
  return n;
}

// Every update is one step, and gradients of parameters are never stored on their way to it.
static_assert(updates(training::plan, false) == 4);
static_assert(updates(training::plan, true) == 4);

// Frozen parameters cost no step: no update, no gradient, no way back to the first layer.
using half_frozen = step_of<frozen_first, tl::mse, 8, features>;
using by_path = step_of<two_layers, tl::mse, 8, features, tl::sgd, tl::frozen_paths<"0">>;
static_assert(updates(half_frozen::plan, false) == 2);
static_assert(half_frozen::plan.step_count <= training::plan.step_count - 3);
static_assert(by_path::plan.step_count == half_frozen::plan.step_count);
static_assert(by_path::pruned.node_count == half_frozen::pruned.node_count);

/// Nodes of one operation.
template <class Graph>
constexpr int count_of(const Graph& g, const tl::operation* op) {
  int n = 0;
  for (const tl::node& node : g.nodes) n += tl::same_operation(node.op, op);
  return n;
}

// Two products forward; backward one for each weight, and one to pass the gradient on.
static_assert(count_of(training::pruned, &tl::description<tl::contract>) == 5);
static_assert(count_of(half_frozen::pruned, &tl::description<tl::contract>) == 3);

// Dead nodes and composites are gone after rebuilding.
struct wasteful_stage {
  static consteval void build(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{4});
    tl::math::exp(tl::math::tanh(x));
    tl::store(tl::math::softmax(x), tl::place::output);
  }
};
using wasteful = planned<wasteful_stage, features>;
static_assert(count_of(wasteful::built, &tl::description<tl::tanh>) == 1);
static_assert(count_of(wasteful::pruned, &tl::description<tl::tanh>) == 0);
static_assert(count_of(wasteful::pruned, &tl::description<tl::softmax>) == 0);
static_assert(count_of(wasteful::pruned, &tl::description<tl::exp>) == 0);
static_assert(count_of(wasteful::pruned, &tl::description<tl::exp_from_level>) == 1);

}  // namespace

TEST_CASE("a training step of two layers takes few kernels") {
  CHECK(training::plan.step_count <= 11);
  CHECK(half_frozen::plan.step_count <= 7);
  CHECK(training::plan.flops > half_frozen::plan.flops);
}
