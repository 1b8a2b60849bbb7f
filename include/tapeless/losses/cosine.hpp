#pragma once
// Cosine loss.

#include <tapeless/losses/loss.hpp>
#include <tapeless/ops/div.hpp>
#include <tapeless/ops/max.hpp>
#include <tapeless/ops/mul.hpp>
#include <tapeless/ops/sqrt.hpp>
#include <tapeless/ops/square.hpp>
#include <tapeless/ops/sub.hpp>

namespace tapeless {

/// The angle between output and target, 1 less PyTorch's cosine_similarity. loss = mean over samples of 1 - sum(y t) / (|y| |t|), norms below 1e-8 as 1e-8.
struct cosine {
  static constexpr shape target(shape output) { return output; }
  static constexpr double terms(shape) { return 1; }
  static constexpr value lower(graph&, value y, value t) {
    const auto norm = [](value v) {
      return math::sqrt(math::max(math::sum(math::square(v)), value{1e-16}));
    };
    return value{1.0} - math::sum(y * t) / (norm(y) * norm(t));
  }
};

}  // namespace tapeless
