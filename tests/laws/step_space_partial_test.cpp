// The step law for a net over space: parts of a batch, whose statistics are of their own rows.

#include <laws/space_nets.hpp>

namespace {

namespace tl = tapeless;
using laws::check_steps;

}  // namespace

TEST_CASE("the step law over space: parts of a batch") {
  check_steps<laws::partial_steps | laws::evaluation, double, laws::small_sequence, tl::mse,
              tl::rmsprop, tl::batch<6>>();
}
