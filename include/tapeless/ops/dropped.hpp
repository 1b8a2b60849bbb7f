#pragma once
// Dropout of a value.

#include <tapeless/ops/greater_equal.hpp>
#include <tapeless/ops/mul.hpp>
#include <tapeless/ops/select.hpp>
#include <tapeless/ops/uniform.hpp>

namespace tapeless::detail {

/// x, of which each element is 0 with a probability and x / (1 - probability) otherwise, while
/// training; x when not, and for a probability that is none or 0.
constexpr value dropped(graph& g, value x, double probability) {
  if (g.failed() || !g.training || !(probability > 0 && probability < 1)) return x;
  return math::select(math::uniform(g, x.dims()) >= value{probability},
                      x * value{1 / (1 - probability)}, value{0.0});
}

}  // namespace tapeless::detail
