#pragma once
// Shared by the benchmarks: reproducible nets and data, and the same net as a double reference.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

#include "plain.hpp"
#include "reference.hpp"

namespace contest {

/// Numbers in [-1, 1), the same on every machine (a 64-bit linear congruential generator).
class numbers {
 public:
  explicit numbers(std::uint64_t seed) : state_(seed) {}
  float operator()() {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return static_cast<float>(static_cast<std::int32_t>(state_ >> 32)) * 0x1p-31f;
  }

 private:
  std::uint64_t state_;
};

/// Rows of inputs, uniform in [-1, 1).
inline std::vector<float> inputs(std::size_t count, std::uint64_t seed = 2) {
  numbers next(seed);
  std::vector<float> x(count);
  for (float& v : x) v = next();
  return x;
}

/// Class indices below `classes`.
inline std::vector<float> labels(std::size_t count, int classes, std::uint64_t seed = 3) {
  numbers next(seed);
  std::vector<float> y(count);
  for (float& v : y) v = static_cast<float>(static_cast<int>((next() + 1) * 0.5f * 1024) % classes);
  return y;
}

/// A plain net with weights uniform in +-1/sqrt(inputs).
template <class Net>
Net filled(std::uint64_t seed = 1) {
  Net net{};
  numbers next(seed);
  for (const plain::layer_view& l : layers(net)) {
    const float bound = 1 / std::sqrt(static_cast<float>(l.in));
    for (int i = 0; i < l.in * l.out; ++i) l.w[i] = bound * next();
    for (int o = 0; o < l.out; ++o) l.b[o] = bound * next();
  }
  return net;
}

/// The same net in double precision.
template <class Net>
reference::network reference_of(Net net, reference::head last) {
  reference::network out{{}, last};
  for (const plain::layer_view& l : layers(net)) {
    out.layers.push_back({static_cast<std::size_t>(l.in),
                          static_cast<std::size_t>(l.out),
                          {l.w, l.w + l.in * l.out},
                          {l.b, l.b + l.out}});
  }
  return out;
}

/// Largest absolute difference between a plain net and the reference.
template <class Net>
double distance(Net net, const reference::network& expected) {
  double worst = 0;
  std::size_t at = 0;
  for (const plain::layer_view& l : layers(net)) {
    const reference::dense& d = expected.layers[at++];
    for (std::size_t i = 0; i < d.w.size(); ++i) worst = std::max(worst, std::abs(l.w[i] - d.w[i]));
    for (std::size_t o = 0; o < d.b.size(); ++o) worst = std::max(worst, std::abs(l.b[o] - d.b[o]));
  }
  return worst;
}

}  // namespace contest
