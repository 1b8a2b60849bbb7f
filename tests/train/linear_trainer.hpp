#pragma once
// A hand-written trainer for the tests of train/: y = w x + b by momentum descent on the mean
// squared error, or on the logistic loss with a sigmoid output.

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <tapeless/io/dataset.hpp>

namespace fixture {

struct linear_options {
  double learning_rate = 0.05;
  double momentum = 0.9;
};

template <int Inputs, int Batch, class T = double, bool Logistic = false>
class linear_trainer {
 public:
  using scalar = T;
  static constexpr int batch_size = Batch, input_size = Inputs, target_size = 1, output_size = 1;
  static constexpr std::uint64_t topology_hash = Logistic ? 0x10615ull : 0x11ea5ull;
  using weights = std::array<T, Inputs + 1>;

  T step(const T* xs, const T* ys) noexcept {
    ++full_steps;
    return update(xs, ys, Batch);
  }
  T step(const T* xs, const T* ys, int count) noexcept { return update(xs, ys, count); }

  T loss(const T* xs, const T* ys, int count) const noexcept {
    T sum = 0;
    for (int i = 0; i < count; ++i) sum += loss_of(output(xs + i * Inputs), ys[i]);
    return sum / T(count);
  }
  void predict(const T* xs, T* outputs, int count) const noexcept {
    for (int i = 0; i < count; ++i) outputs[i] = output(xs + i * Inputs);
  }

  weights& parameters() { return state_.theta; }
  linear_options& options() { return options_; }
  std::span<std::byte> state() { return std::as_writable_bytes(std::span(&state_, 1)); }

  int full_steps = 0;

 private:
  struct memory {
    weights theta{}, velocity{};
  };

  T output(const T* x) const {
    T z = state_.theta[Inputs];
    for (std::size_t j = 0; j < Inputs; ++j) z += state_.theta[j] * x[j];
    return Logistic ? 1 / (1 + std::exp(-z)) : z;
  }
  static T loss_of(T p, T y) {
    return Logistic ? -(y * std::log(p) + (1 - y) * std::log(1 - p)) : (p - y) * (p - y);
  }

  T update(const T* xs, const T* ys, int count) {
    weights gradient{};
    for (int i = 0; i < count; ++i) {
      const T e = (output(xs + i * Inputs) - ys[i]) * T(Logistic ? 1 : 2) / T(count);
      for (std::size_t j = 0; j < Inputs; ++j)
        gradient[j] += e * xs[i * Inputs + static_cast<std::ptrdiff_t>(j)];
      gradient[Inputs] += e;
    }
    const T before = loss(xs, ys, count);
    for (std::size_t j = 0; j <= Inputs; ++j) {
      state_.velocity[j] = T(options_.momentum) * state_.velocity[j] + gradient[j];
      state_.theta[j] -= T(options_.learning_rate) * state_.velocity[j];
    }
    return before;
  }

  memory state_{};
  linear_options options_{};
};

/// Rows (i / n) -> 3 x + 1 + a small wave, n of them.
template <class T = double>
tapeless::dataset<T> line_data(int n) {
  tapeless::dataset<T> data;
  data.inputs = data.targets = 1;
  for (int i = 0; i < n; ++i) {
    const double x = double(i) / n;
    data.xs.push_back(static_cast<T>(x));
    data.ys.push_back(static_cast<T>(3 * x + 1 + 0.05 * std::sin(40 * x)));
  }
  return data;
}

}  // namespace fixture
