#pragma once
// Dilated residual layers with skip sums.

#include <stream/stream_law.hpp>

namespace stream_law {

inline constexpr int samples = 1500;

struct dilated : tl::network<dilated> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value in = g.input("x", tl::shape{1, samples});
    tl::value x = g.layer<tl::conv1d<5, 1>>("in", in);
    tl::value z = tl::math::tanh(g.layer<tl::conv1d<5, causal(3, 2)>>("a", x));
    tl::value sum = z;
    x = x + g.layer<tl::conv1d<5, 1>>("a_mix", z);
    z = tl::math::leaky_relu<0.01>(g.layer<tl::conv1d<5, causal(4, 31)>>("b", x) +
                                   g.layer<tl::conv1d<5, 1>>("b_in", in));
    sum = sum + z;
    x = x + g.layer<tl::conv1d<5, 1>>("b_mix", z);
    sum = sum + tl::math::relu(g.layer<tl::conv1d<5, causal(2)>>("c", x));
    return g.layer<tl::conv1d<1, causal(6)>>("head", sum);
  }
};

}  // namespace stream_law
