#pragma once
// Dropout.

#include <tapeless/layers/layer.hpp>
#include <tapeless/ops/dropped.hpp>

namespace tapeless {

/// While training, each element is 0 with probability P and x / (1 - P) otherwise; x when not.
/// The mask is hashed from the trainer's seed, its step, the layer and the element's position, so
/// that it is the same on every instruction set and for every lane axis.
template <auto P = 0.5>
struct dropout {
  static constexpr auto explain() {
    static_assert(P >= 0 && P < 1, "Tapeless: a dropout probability is at least 0 and below 1; 30 percent are tl::dropout<0.3>");
  }
  static constexpr value lower(graph& g, value x) {
    return detail::dropped(g, x, static_cast<double>(P));
  }
};

}  // namespace tapeless
