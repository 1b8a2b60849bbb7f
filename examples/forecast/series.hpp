#pragma once
// The Mackey-Glass equation, a chaotic series that forecasts are often compared on:
// x'(t) = 0.2 x(t - 17) / (1 + x(t - 17)^10) - 0.1 x(t). It stands for a measured series, of which
// the repository has none. Source: Mackey, Glass, Science 197 (1977).
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <tapeless/core/mt19937.hpp>
#include <vector>

namespace forecast {

/// Units of time from one number of the series to the next.
inline constexpr int spacing = 6;

/// So many numbers, from a start of its own for each seed. Runge-Kutta of fourth order with ten steps
/// a unit of time; a delayed value between two steps is their mean.
inline std::vector<double> mackey_glass(int count, std::uint32_t seed) {
  constexpr int fine = 10, delay = 17 * fine, settling = 500;
  constexpr double h = 1.0 / fine;
  tapeless::mt19937 random(seed);
  std::vector<double> x(delay + 1, random.uniform(0.5, 1.3));
  const auto slope = [](double now, double late) {
    return 0.2 * late / (1 + std::pow(late, 10)) - 0.1 * now;
  };
  std::vector<double> series;
  for (int i = 0; i < (settling + count * spacing) * fine; ++i) {
    const double now = x.back(), a = x[x.size() - 1 - delay], b = x[x.size() - delay];
    const double k1 = slope(now, a), k2 = slope(now + h / 2 * k1, (a + b) / 2),
                 k3 = slope(now + h / 2 * k2, (a + b) / 2), k4 = slope(now + h * k3, b);
    x.push_back(now + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4));
    if (i >= settling * fine && i % (fine * spacing) == 0) series.push_back(x.back());
  }
  return series;
}

/// What the net reads and learns has a deviation of about 1.
inline float scaled(double x) { return static_cast<float>((x - 0.93) / 0.23); }
inline float scaled_change(double x) { return static_cast<float>(x / 0.15); }
inline double change(float y) { return 0.15 * static_cast<double>(y); }

/// Weights of a linear forecast of the next number from the last `order` ones and a constant, by
/// least squares.
class autoregression {
 public:
  autoregression(const std::vector<double>& series, int order)
      : order_(order), w_(static_cast<std::size_t>(order) + 1) {
    const std::size_t n = w_.size();
    std::vector<double> a(n * (n + 1));  // normal equations, right side in the last column
    for (std::size_t t = n - 1; t < series.size(); ++t)
      for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j < n; ++j)
          a[i * (n + 1) + j] += term(&series[t], i) * term(&series[t], j);
        a[i * (n + 1) + n] += term(&series[t], i) * series[t];
      }
    // A little of the diagonal more: neighbours in a smooth series are nearly the same.
    for (std::size_t i = 0; i < n; ++i) a[i * (n + 2)] *= 1 + 1e-10;
    for (std::size_t k = 0; k < n; ++k)  // Gauss-Jordan; the matrix is positive definite
      for (std::size_t i = 0; i < n; ++i) {
        if (i == k) continue;
        const double f = a[i * (n + 1) + k] / a[k * (n + 2)];
        for (std::size_t j = k; j <= n; ++j) a[i * (n + 1) + j] -= f * a[k * (n + 1) + j];
      }
    for (std::size_t i = 0; i < n; ++i) w_[i] = a[i * (n + 1) + n] / a[i * (n + 2)];
  }
  /// The forecast of *next from the numbers before it.
  double operator()(const double* next) const {
    double y = 0;
    for (std::size_t i = 0; i < w_.size(); ++i) y += w_[i] * term(next, i);
    return y;
  }

 private:
  double term(const double* next, std::size_t i) const {
    return i == static_cast<std::size_t>(order_) ? 1 : *(next - 1 - i);
  }
  int order_;
  std::vector<double> w_;
};

}  // namespace forecast
