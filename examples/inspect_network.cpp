// What the compiler made of a network: its layers, its cost, its plan and its graphs.
// Writes forward.dot and training.dot for Graphviz: dot -Tsvg training.dot -o training.svg

#include <fmt/format.h>

#include <fstream>
#include <tapeless/inspect/dot.hpp>
#include <tapeless/inspect/plan_report.hpp>
#include <tapeless/inspect/summary.hpp>
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

namespace {

struct circle : tl::sequential<tl::input<2>, tl::dense<8>, tl::relu, tl::dense<1>, tl::sigmoid> {};

struct tagger : tl::network<tagger> {
  static consteval tl::value define(tl::graph& g) {
    auto x = g.input("x", tl::shape{16});
    auto h = tl::math::relu(g.dense("fc1", x, 64));
    h = h + tl::math::relu(g.dense("fc2", h, 64));  // a skip connection
    return tl::math::softmax(g.dense("head", h, 5));
  }
};

// Budgets are constants: a network that outgrows them does not compile.
static_assert(tl::cost<circle>.parameters == 33);
static_assert(tl::cost<circle>.peak_bytes < 4096);

}  // namespace

int main() {
  fmt::print("{}\n", tl::summary<circle>());
  fmt::print("{}\n", tl::summary<tagger>());
  fmt::print("{}\n", tl::plan_report<tagger>());
  fmt::print("{}\n", tl::plan_report_training<circle, tl::bce, tl::sgd, tl::batch<32>>());

  constexpr auto step = tl::cost_of<circle, tl::bce, tl::sgd, tl::batch<32>>;
  fmt::print("one step of circle, batch 32: {:.0f} FLOPs forward, {:.0f} backward, {:.0f} update\n",
             step.flops_forward, step.flops_backward, step.flops_update);

  std::ofstream{"forward.dot"} << tl::dot<tagger>();
  std::ofstream{"training.dot"} << tl::dot_training<circle, tl::bce, tl::sgd, tl::batch<32>>();
  fmt::print("wrote forward.dot and training.dot\n");
}
