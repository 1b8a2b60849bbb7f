#pragma once
// Reproducible data: the same on every machine.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "jobs.hpp"

namespace contest {

/// Numbers in [-1, 1) (a 64-bit linear congruential generator), exact in float.
class random_numbers {
 public:
  explicit random_numbers(std::uint64_t seed) : state_(seed) {}
  float operator()() {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return static_cast<float>(static_cast<std::int32_t>(state_ >> 32) >> 8) * 0x1p-23f;
  }

 private:
  std::uint64_t state_;
};

/// Uniform in [-1, 1).
template <class T>
std::vector<T> inputs(std::size_t count, std::uint64_t seed = 2) {
  random_numbers next(seed);
  std::vector<T> x(count);
  for (T& v : x) v = next();
  return x;
}

/// Class indices below `classes`.
template <class T>
std::vector<T> labels(std::size_t count, int classes, std::uint64_t seed = 3) {
  random_numbers next(seed);
  std::vector<T> y(count);
  for (T& v : y) v = static_cast<T>(static_cast<int>((next() + 1) * 0.5f * 1024) % classes);
  return y;
}

inline std::size_t parameter_count(const network& net) {
  std::size_t count = 0;
  for (std::size_t l = 0; l + 1 < net.sizes.size(); ++l)
    count += static_cast<std::size_t>((net.sizes[l] + 1) * net.sizes[l + 1]);
  return count;
}

/// Parameters uniform in +-1/sqrt(inputs), in the order of worker::load.
template <class T>
std::vector<T> initial(const network& net, std::uint64_t seed = 1) {
  random_numbers next(seed);
  std::vector<T> all;
  all.reserve(parameter_count(net));
  for (std::size_t l = 0; l + 1 < net.sizes.size(); ++l) {
    const float bound = 1 / std::sqrt(static_cast<float>(net.sizes[l]));
    for (int i = 0; i < (net.sizes[l] + 1) * net.sizes[l + 1]; ++i) all.push_back(bound * next());
  }
  return all;
}

/// Values that one label or probability of a row can take.
inline int classes_of(const network& net) {
  return net.last == head::sigmoid ? 2 : net.sizes.back();
}

}  // namespace contest
