#pragma once
// What the benchmarks check their contestants against: dense networks in double precision, naive
// and with run-time sizes.
#include <cmath>
#include <cstddef>
#include <vector>

namespace reference {

/// y = x W + b with w[i * out + o].
struct dense {
  std::size_t in, out;
  std::vector<double> w, b;
};

/// The activation after the last layer; the layers before it have relu.
enum class head { identity, sigmoid, softmax };

struct network {
  std::vector<dense> layers;
  head last = head::identity;

  /// All activations of one row: the input, each hidden layer, the output.
  std::vector<std::vector<double>> forward(const float* x) const {
    std::vector<std::vector<double>> h{{x, x + layers.front().in}};
    for (std::size_t l = 0; l < layers.size(); ++l) {
      const dense& d = layers[l];
      std::vector<double> y = d.b;
      for (std::size_t i = 0; i < d.in; ++i) {
        for (std::size_t o = 0; o < d.out; ++o) y[o] += h.back()[i] * d.w[i * d.out + o];
      }
      if (l + 1 < layers.size()) {
        for (double& v : y) v = v > 0 ? v : 0;
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

  /// Mean loss and its gradient, laid out like the layers. A sigmoid head takes binary
  /// cross-entropy with `target` as probability, a softmax head cross-entropy with `target` as
  /// class index.
  double gradient(const float* x, const float* target, std::size_t rows,
                  std::vector<dense>& grad) const {
    grad = layers;
    for (dense& g : grad) {
      for (double& v : g.w) v = 0;
      for (double& v : g.b) v = 0;
    }
    double loss = 0;
    for (std::size_t n = 0; n < rows; ++n) {
      const auto h = forward(x + n * layers.front().in);
      std::vector<double> dy = h.back();
      const double t = target[n];
      if (last == head::sigmoid) {
        loss -= t * std::log(dy[0]) + (1 - t) * std::log(1 - dy[0]);
        dy[0] -= t;
      } else {
        const auto label = static_cast<std::size_t>(t);
        loss -= std::log(dy[label]);
        dy[label] -= 1;
      }
      for (std::size_t l = layers.size(); l-- > 0;) {
        const dense& d = layers[l];
        std::vector<double> dx(d.in, 0.0);
        for (std::size_t o = 0; o < d.out; ++o) {
          grad[l].b[o] += dy[o] / static_cast<double>(rows);
          for (std::size_t i = 0; i < d.in; ++i) {
            grad[l].w[i * d.out + o] += h[l][i] * dy[o] / static_cast<double>(rows);
            if (h[l][i] > 0) dx[i] += d.w[i * d.out + o] * dy[o];
          }
        }
        dy = dx;
      }
    }
    return loss / static_cast<double>(rows);
  }

  /// One step of stochastic gradient descent; `velocity` is updated where there is momentum.
  double step(const float* x, const float* target, std::size_t rows, double rate, double momentum,
              std::vector<dense>& velocity) {
    std::vector<dense> grad;
    const double loss = gradient(x, target, rows, grad);
    for (std::size_t l = 0; l < layers.size(); ++l) {
      move(layers[l].w, velocity[l].w, grad[l].w, rate, momentum);
      move(layers[l].b, velocity[l].b, grad[l].b, rate, momentum);
    }
    return loss;
  }

 private:
  static void move(std::vector<double>& w, std::vector<double>& v, const std::vector<double>& g,
                   double rate, double momentum) {
    for (std::size_t i = 0; i < w.size(); ++i) {
      v[i] = momentum * v[i] + g[i];
      w[i] -= rate * v[i];
    }
  }
};

}  // namespace reference
