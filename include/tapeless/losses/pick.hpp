#pragma once
// Choosing the score of one class.

#include <tapeless/losses/loss.hpp>
#include <tapeless/ops/equal.hpp>
#include <tapeless/ops/iota.hpp>
#include <tapeless/ops/select.hpp>

namespace tapeless {

namespace detail {

/// y[t] for a class index t, as a sum over classes of which one is kept.
constexpr value pick(graph& g, value y, value t) {
  const value here = math::iota(g, y.dims()) == t;
  return math::sum(math::select(here, y, value{0.0}));
}

}  // namespace detail

}  // namespace tapeless
