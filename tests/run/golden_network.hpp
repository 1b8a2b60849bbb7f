#pragma once
// The 4-6-3 network of golden/training.hpp, and its parameters in PyTorch's order.

#include <golden/training.hpp>
#include <tapeless/tapeless.hpp>

namespace golden_network {

namespace tl = tapeless;

struct net : tl::sequential<tl::input<4>, tl::dense<6>, tl::tanh, tl::dense<3>> {};

static_assert(tl::parameters<net>::scalar_count == 51);
static_assert(tl::parameters<net>::tensors().of[0].name.view() == "0.weight");
static_assert(tl::parameters<net>::tensors().of[3].name.view() == "2.bias");

/// Calls f(tensor, element, position in the array of all 51).
template <class F>
constexpr void for_each_parameter(F f) {
  const auto& tensors = tl::parameters<net>::tensors();
  std::size_t at = 0;
  for (int t = 0; t < tensors.length(); ++t)
    for (int e = 0; e < tensors[t].dims.count(); ++e) f(t, e, at++);
}

template <class T>
constexpr tl::parameters<net, T> from(const std::array<double, 51>& numbers) {
  tl::parameters<net, T> theta;
  for_each_parameter(
      [&](int t, int e, std::size_t at) { theta.set(t, e, static_cast<T>(numbers[at])); });
  return theta;
}

template <class T>
constexpr std::array<T, 52> samples() {
  std::array<T, 52> x{};
  for (std::size_t i = 0; i < 52; ++i) x[i] = static_cast<T>(golden::training::x[i]);
  return x;
}

template <class T>
constexpr std::array<T, 13> labels() {
  std::array<T, 13> y{};
  for (std::size_t i = 0; i < 13; ++i) y[i] = static_cast<T>(golden::training::labels[i]);
  return y;
}

}  // namespace golden_network
