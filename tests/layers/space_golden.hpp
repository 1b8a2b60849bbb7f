#pragma once
// Holds a layer of golden/space.hpp to PyTorch: outputs, gradient of the input, gradients of all
// parameters, of a batch of three samples.

#include <catch2/catch.hpp>
#include <cmath>
#include <cstdint>
#include <golden/space.hpp>
#include <vector>

namespace space {

namespace tl = tapeless;
inline constexpr int batch = 3;

/// The numbers of tests/golden/space.py: multiples of 2^-16 in [-1, 1).
constexpr double hashed(int stream, int i) {
  std::uint32_t h = static_cast<std::uint32_t>(i) * 2654435761u +
                    static_cast<std::uint32_t>(stream) * 40503u + 12345u;
  h ^= h >> 15;
  h *= 0x2C1B3C6Du;
  h ^= h >> 12;
  return (h >> 8 & 0xFFFF) / 32768.0 - 1;
}

/// Sum of products of outputs and given numbers.
struct product_with_target {
  static constexpr bool is_sum = true;
  static constexpr tl::value lower(tl::graph&, tl::value y, tl::value t) {
    return tl::math::sum(y * t);
  }
  static constexpr tl::shape target(tl::shape output) { return output; }
  static constexpr double terms(tl::shape) { return 1; }
};

/// The layer behind a parameter that is added to the input: its gradient is that of the input,
/// summed over the batch.
template <class Case>
struct net : tl::network<net<Case>> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", Case::input);
    const tl::value shift = g.parameter("shift", Case::input);
    return tl::lower_layer<typename Case::layer>(g, x + shift);
  }
};

template <class Get>
void compare(const char* what, const double (&expected)[3], int count, double tolerance, Get get) {
  for (int k = 0; k < 3; ++k) {
    double sum = 0, size = 0;
    for (int i = 0; i < count; ++i) {
      sum += hashed(1000 + k, i) * get(i);
      size += std::abs(hashed(1000 + k, i) * get(i));
    }
    INFO(what << ", product " << k << ": " << sum << " instead of " << expected[k]);
    CHECK(std::abs(sum - expected[k]) <= tolerance * (1 + size));
  }
}

template <class Case, class T>
void check_in() {
  using own = net<Case>;
  constexpr double tolerance = sizeof(T) == sizeof(float) ? 1e-5 : 1e-12;
  static_assert(tl::output_shape<own> == Case::output);
  constexpr int in = Case::input.count(), out = Case::output.count();
  tl::parameters<own, T> theta{}, gradient{};
  const auto& all = tl::parameters<own, T>::tensors();
  REQUIRE(all.count == Case::parameters + 1);
  for (int t = 1; t < all.count; ++t)  // 0 is the shift, which stays 0
    for (int i = 0; i < all.of[t].dims.count(); ++i)
      theta.set(t, i, static_cast<T>(hashed(10 + t - 1, i) / 2));
  std::vector<T> x(batch * in + 1), y(batch * out + 1), w(batch * out + 1);
  for (int i = 0; i < batch * in; ++i) x[static_cast<std::size_t>(i)] = static_cast<T>(hashed(1, i));
  for (int i = 0; i < batch * out; ++i)
    w[static_cast<std::size_t>(i)] = static_cast<T>(hashed(2, i));
  tl::forward<own, tl::batch<batch>>(theta, x.data(), y.data());
  compare("output", Case::y, batch * out, tolerance, [&](int i) { return y[static_cast<std::size_t>(i)]; });
  tl::value_and_grad<own, product_with_target, tl::batch<batch>>(theta, x.data(), w.data(), gradient);
  for (int t = 0; t < all.count; ++t)
    compare(t == 0 ? "gradient of the input" : "gradient of a parameter",
            t == 0 ? Case::input_gradient : Case::gradients[t == 0 ? 0 : t - 1],
            all.of[t].dims.count(), tolerance, [&](int i) { return gradient.get(t, i); });
}

template <class Case>
void check() {
  check_in<Case, double>();
  check_in<Case, float>();
}

}  // namespace space
