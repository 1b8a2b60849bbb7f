#pragma once
// A sequence, a direction, and differences along the direction that derivatives as calls are held
// to.

#include <catch2/catch.hpp>
#include <cmath>
#include <tapeless/tapeless.hpp>

namespace along_a_direction {

namespace tl = tapeless;

template <class Net>
tl::parameters<Net, double> start() {
  return tl::init<Net, tl::as_declared, double>(tl::seed{4});
}
inline double x_at(int i) { return std::sin(i * 0.9); }
inline double direction(int i) { return std::cos(i * 1.7); }

/// f(x + h d) - f(x - h d), divided by 2 h.
template <int Inputs, int N, class F>
void check_slope(F f, const double* slope) {
  constexpr double h = 1e-6;
  double above[Inputs], below[Inputs], a[N], b[N];
  for (int i = 0; i < Inputs; ++i) {
    above[i] = x_at(i) + h * direction(i);
    below[i] = x_at(i) - h * direction(i);
  }
  f(above, a);
  f(below, b);
  for (int i = 0; i < N; ++i)
    CHECK(slope[i] == Approx((a[i] - b[i]) / (2 * h)).epsilon(1e-6).margin(1e-9));
}

}  // namespace along_a_direction
