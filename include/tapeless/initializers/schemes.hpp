#pragma once
// How parameters start.

#include <tapeless/core/config.hpp>
#include <tapeless/initializers/generator.hpp>

namespace tapeless {

// A scheme is a type with `static constexpr double draw(generator&, const initializer&)`; the
// initializer gives fan_in and fan_out. Schemes apply to weights; biases start at 0 then.

/// All 0.
struct zeros {
  TAPELESS_NATIVE static constexpr double draw(generator&, const initializer&) { return 0; }
};
/// All Value.
template <auto Value>
struct constant_fill {
  TAPELESS_NATIVE static constexpr double draw(generator&, const initializer&) { return Value; }
};
/// Uniform in [Low, High).
template <auto Low = -1.0, auto High = 1.0>
struct uniform_fill {
  TAPELESS_NATIVE static constexpr double draw(generator& g, const initializer&) {
    return g.uniform(Low, High);
  }
};
/// Normal with a mean and a standard deviation.
template <auto Mean = 0.0, auto Deviation = 1.0>
struct normal_fill {
  TAPELESS_NATIVE static constexpr double draw(generator& g, const initializer&) {
    return Mean + Deviation * g.normal();
  }
};

namespace detail {

/// Uniform with the variance gain / fan.
TAPELESS_NATIVE constexpr double uniform_of_variance(generator& g, double variance) {
  const double bound = math::sqrt(3 * variance);
  return g.uniform(-bound, bound);
}
TAPELESS_NATIVE constexpr double normal_of_variance(generator& g, double variance) {
  return math::sqrt(variance) * g.normal();
}

}  // namespace detail

/// Variance 2 / (fan_in + fan_out). Source: Glorot, Bengio 2010.
struct glorot_uniform {
  TAPELESS_NATIVE static constexpr double draw(generator& g, const initializer& i) {
    return detail::uniform_of_variance(g, 2.0 / (i.fan_in + i.fan_out));
  }
};
struct glorot_normal {
  TAPELESS_NATIVE static constexpr double draw(generator& g, const initializer& i) {
    return detail::normal_of_variance(g, 2.0 / (i.fan_in + i.fan_out));
  }
};
/// Variance 2 / fan_in. Source: He et al. 2015, arXiv 1502.01852.
struct he_uniform {
  TAPELESS_NATIVE static constexpr double draw(generator& g, const initializer& i) {
    return detail::uniform_of_variance(g, 2.0 / i.fan_in);
  }
};
struct he_normal {
  TAPELESS_NATIVE static constexpr double draw(generator& g, const initializer& i) {
    return detail::normal_of_variance(g, 2.0 / i.fan_in);
  }
};
/// Variance 1 / fan_in. Source: LeCun et al. 1998, "Efficient BackProp".
struct lecun_uniform {
  TAPELESS_NATIVE static constexpr double draw(generator& g, const initializer& i) {
    return detail::uniform_of_variance(g, 1.0 / i.fan_in);
  }
};
struct lecun_normal {
  TAPELESS_NATIVE static constexpr double draw(generator& g, const initializer& i) {
    return detail::normal_of_variance(g, 1.0 / i.fan_in);
  }
};
/// Uniform in +-1/sqrt(fan_in), weights and biases: what PyTorch's Linear does.
struct torch_linear {
  static constexpr bool biases_too = true;
  TAPELESS_NATIVE static constexpr double draw(generator& g, const initializer& i) {
    const double bound = 1 / math::sqrt(static_cast<double>(i.fan_in));
    return g.uniform(-bound, bound);
  }
};

}  // namespace tapeless
