// The step law for a net over space: frozen parameters, accumulation.

#include <laws/space_nets.hpp>

namespace {

namespace tl = tapeless;
using laws::check_steps;
using momentum = tl::sgd_with<tl::sgd_settings{.momentum = 0.9}>;

}  // namespace

TEST_CASE("the step law over space: accumulated, with frozen parameters") {
  check_steps<laws::accumulation | laws::one_step, double, laws::small_sequence, tl::mse, momentum,
              tl::batch<4>, tl::frozen_paths<"0.weight", "1.bias">>();
}
