// Normalizations: what ONNX's own tests leave out.

#include "nodes.hpp"

using namespace onnx_nodes;

namespace {

const gen::tensor x = floats({1, 4}, {1, 2, 3, 6});
const gen::tensor ones = floats({4}, {1, 1, 1, 1});
const gen::tensor two = floats({2}, {1, 1}), none = floats({2}, {0, 0});

}  // namespace

TEST_CASE("norms along an axis", "[gen][normalization]") {
  check(evaluate({"LpNormalization", 1}, {{"p", integer(1)}}, {x}), 0, {1, 4},
        {1.0 / 12, 2.0 / 12, 3.0 / 12, 0.5});
  check(evaluate({"LpNormalization", 22}, {}, {floats({2, 2}, {3, -4, 0, 0})}), 0, {2, 2},
        {.6, -.8, 0, 0});
  check(evaluate({"RMSNormalization", 23}, {{"epsilon", number(0)}}, {x, ones}), 0, {1, 4},
        {0.2828427125, 0.5656854249, 0.8485281374, 1.6970562748});
}

TEST_CASE("groups of channels", "[gen][normalization]") {
  const gen::tensor channels = floats({1, 4, 1}, {1, 3, 10, 30});
  const attributes two_groups{{"num_groups", integer(2)}, {"epsilon", number(0)}};
  check(evaluate({"GroupNormalization", 21}, two_groups, {channels, ones, ones}), 0, {1, 4, 1},
        {0, 2, 0, 2});
  check(evaluate({"GroupNormalization", 18}, two_groups,
                 {channels, floats({2}, {1, 2}), floats({2}, {0, 1})}),
        0, {1, 4, 1}, {-1, 1, -1, 3});
  check_refused({"GroupNormalization", 21}, {{"num_groups", integer(3)}}, {channels, ones, ones});
  check_refused({"GroupNormalization", 21}, {}, {channels, ones, ones});
  check_refused({"InstanceNormalization", 6}, {}, {ones, ones, ones});
  check_refused({"InstanceNormalization", 6}, {}, {channels, floats({3}, {1, 1, 1}), ones});
}

TEST_CASE("the batch's own statistics are refused", "[gen][normalization][refusal]") {
  const std::vector<gen::tensor> inputs{floats({1, 2}, {1, 2}), two, none, none, two};
  check(evaluate({"BatchNormalization", 15}, {{"epsilon", number(0)}}, inputs), 0, {1, 2}, {1, 2});
  check_refused({"BatchNormalization", 15}, {{"training_mode", integer(1)}}, inputs);
  check_refused({"BatchNormalization", 6}, {}, inputs);
  check_refused({"BatchNormalization", 9, "", 5}, {}, inputs);
  check_refused({"BatchNormalization", 15}, {}, {x, two, none, none, two});
  check_refused({"BatchNormalization", 15}, {}, {x, two});
}

TEST_CASE("scales that do not fit are refused", "[gen][normalization][refusal]") {
  check_refused({"LayerNormalization", 17}, {}, {x, two});
  check_refused({"LayerNormalization", 17}, {{"axis", integer(2)}}, {x, ones});
  check_refused({"LayerNormalization", 17}, {}, {x, floats({2, 1, 4}, std::vector<double>(8))});
  check_refused({"MeanVarianceNormalization", 13}, {}, {x});
}
