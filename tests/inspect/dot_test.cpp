#include <catch2/catch.hpp>
#include <tapeless/inspect/dot.hpp>
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

namespace {

struct circle : tl::sequential<tl::input<2>, tl::dense<8>, tl::relu, tl::dense<1>, tl::sigmoid> {};

int occurrences(const std::string& text, const std::string& part) {
  int n = 0;
  for (auto at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++n;
  return n;
}

}  // namespace

TEST_CASE("the forward graph has a node per value and an edge per operand", "[inspect]") {
  const std::string text = tl::dot<circle>();
  constexpr int nodes = std::remove_cvref_t<decltype(tl::declared<circle>)>::node_count;
  int operands = 0;
  for (const tl::node& n : tl::declared<circle>.nodes) operands += n.op->arity;
  CHECK(text.substr(0, 9) == "digraph f");
  CHECK(text.substr(text.size() - 2) == "}\n");
  CHECK(occurrences(text, "[label=") == nodes);
  CHECK(occurrences(text, " -> ") == operands);
  CHECK(occurrences(text, "label=\"0.weight\\n[8, 2]\"") == 1);
  CHECK(occurrences(text, "label=\"relu\\n[8]\"") == 1);
}

TEST_CASE("the training graph frames what a kernel computes", "[inspect]") {
  using namespace tapeless;
  const std::string text = dot_training<circle, bce, sgd, batch<32>>();
  constexpr auto& g = detail::training_job<circle, bce, sgd, batch<32>>::ready;
  constexpr int nodes = std::remove_cvref_t<decltype(g)>::node_count;
  CHECK(occurrences(text, "[label=") == nodes);
  CHECK(occurrences(text, "subgraph cluster_") ==
        detail::training_job<circle, bce, sgd, batch<32>>::plan.step_count);
  for (const char* store :
       {"store 0.weight", "store 0.bias", "store 2.weight", "store 2.bias", "store loss"})
    CHECK(occurrences(text, store) == 1);
  CHECK(occurrences(text, "{") == occurrences(text, "}"));
}
