#pragma once
// What every contender is checked against: dense networks in double precision, naive.
#include <cmath>
#include <cstddef>
#include <vector>

#include "jobs.hpp"

namespace contest {

/// y = x W + b with w[i * out + o].
struct reference_layer {
  std::size_t in, out;
  std::vector<double> w, b;
};

class reference {
 public:
  /// Numbers as worker::load takes them.
  template <class T>
  reference(const network& net, const std::vector<T>& numbers) : net_(net) {
    auto at = numbers.begin();
    for (std::size_t l = 0; l + 1 < net.sizes.size(); ++l) {
      const auto in = static_cast<std::size_t>(net.sizes[l]);
      const auto out = static_cast<std::size_t>(net.sizes[l + 1]);
      const auto middle = at + static_cast<std::ptrdiff_t>(in * out);
      const auto end = middle + static_cast<std::ptrdiff_t>(out);
      layers_.push_back({in, out, {at, middle}, {middle, end}});
      at = end;
    }
    first_ = second_ = zeros();
  }

  /// Parameters in the same order.
  std::vector<double> numbers() const {
    std::vector<double> all;
    for (const reference_layer& d : layers_) {
      all.insert(all.end(), d.w.begin(), d.w.end());
      all.insert(all.end(), d.b.begin(), d.b.end());
    }
    return all;
  }

  template <class T>
  std::vector<double> forward(const T* x) const {
    return activations(x, net_.last).back();
  }

  /// One update; the mean loss before it.
  template <class T>
  double step(const T* x, const T* target, std::size_t rows, double rate, optimizer update) {
    auto grad = zeros();
    double loss = 0;
    for (std::size_t n = 0; n < rows; ++n)
      loss += add_gradient(x + n * layers_.front().in, static_cast<double>(target[n]), grad);
    ++steps_;
    for (std::size_t l = 0; l < layers_.size(); ++l) {
      move(layers_[l].w, grad[l].w, first_[l].w, second_[l].w, rows, rate, update);
      move(layers_[l].b, grad[l].b, first_[l].b, second_[l].b, rows, rate, update);
    }
    return loss / static_cast<double>(rows);
  }

 private:
  using numbers_of_layers = std::vector<reference_layer>;

  numbers_of_layers zeros() const {
    numbers_of_layers z = layers_;
    for (reference_layer& d : z) {
      d.w.assign(d.w.size(), 0);
      d.b.assign(d.b.size(), 0);
    }
    return z;
  }

  // The input, each hidden layer, the output.
  template <class T>
  std::vector<std::vector<double>> activations(const T* x, head last) const {
    std::vector<std::vector<double>> h{{x, x + layers_.front().in}};
    for (const reference_layer& d : layers_) {
      std::vector<double> y = d.b;
      for (std::size_t i = 0; i < d.in; ++i) {
        for (std::size_t o = 0; o < d.out; ++o) y[o] += h.back()[i] * d.w[i * d.out + o];
      }
      if (&d != &layers_.back()) {
        for (double& v : y) v = net_.hidden == activation::tanh ? std::tanh(v) : v > 0 ? v : 0;
      }
      h.push_back(y);
    }
    if (last == head::sigmoid) {
      for (double& v : h.back()) v = 1 / (1 + std::exp(-v));
    } else if (last == head::softmax) {
      double sum = 0;
      for (double& v : h.back()) sum += v = std::exp(v);
      for (double& v : h.back()) v /= sum;
    }
    return h;
  }

  template <class T>
  double add_gradient(const T* x, double target, numbers_of_layers& grad) const {
    const bool binary = net_.last == head::sigmoid;
    const auto h = activations(x, binary ? head::sigmoid : head::softmax);
    std::vector<double> dy = h.back();
    const auto label = static_cast<std::size_t>(binary ? 0 : target);
    const double loss = binary ? -target * std::log(dy[0]) - (1 - target) * std::log(1 - dy[0])
                               : -std::log(dy[label]);
    dy[label] -= binary ? target : 1;
    for (std::size_t l = layers_.size(); l-- > 0;) {
      const reference_layer& d = layers_[l];
      std::vector<double> dx(d.in, 0.0);
      for (std::size_t o = 0; o < d.out; ++o) {
        grad[l].b[o] += dy[o];
        for (std::size_t i = 0; i < d.in; ++i) {
          const double y = h[l][i];
          const double slope = net_.hidden == activation::tanh ? 1 - y * y : y > 0 ? 1 : 0;
          grad[l].w[i * d.out + o] += y * dy[o];
          dx[i] += slope * d.w[i * d.out + o] * dy[o];
        }
      }
      dy = dx;
    }
    return loss;
  }

  // PyTorch's formulas and defaults.
  void move(std::vector<double>& w, const std::vector<double>& sum, std::vector<double>& m,
            std::vector<double>& v, std::size_t rows, double rate, optimizer update) const {
    for (std::size_t i = 0; i < w.size(); ++i) {
      const double g = sum[i] / static_cast<double>(rows);
      if (update == optimizer::adam) {
        m[i] = 0.9 * m[i] + 0.1 * g;
        v[i] = 0.999 * v[i] + 0.001 * g * g;
        const double scale = rate / (1 - std::pow(0.9, steps_));
        w[i] -= scale * m[i] / (std::sqrt(v[i] / (1 - std::pow(0.999, steps_))) + 1e-8);
      } else {
        m[i] = update == optimizer::momentum ? 0.9 * m[i] + g : g;
        w[i] -= rate * m[i];
      }
    }
  }

  network net_;
  numbers_of_layers layers_, first_, second_;
  int steps_ = 0;
};

}  // namespace contest
