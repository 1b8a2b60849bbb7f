#pragma once
// What is controlled: nine masses between two walls with springs between them. Motors push four of
// the masses. A controller brings all nine to a shape that the motors can hold. It sees positions
// late and with noise, and no velocities.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <tapeless/core/mt19937.hpp>

namespace controller {

inline constexpr std::size_t masses = 9, motors = 4, states = 2 * masses;
inline constexpr std::size_t observed = 2 * masses + motors, delay = 3;
inline constexpr double stiffness = 4, damping = 0.1, dt = 0.1;
inline constexpr double noise = 0.08;   ///< largest error of an observed position
inline constexpr double gusts = 0.04;   ///< largest change of a velocity by chance, each step
inline constexpr double strongest = 3;  ///< force of a motor
inline constexpr double cost_of_force = 0.1;

using state = std::array<double, states>;  ///< positions, then velocities
using forces = std::array<double, motors>;
using observation = std::array<float, observed>;

/// The mass that a motor pushes.
constexpr std::size_t pushed(std::size_t motor) { return 2 * motor + 1; }

/// A step of the masses without chance, linear in both arguments: velocities first, then positions.
inline state moved(const state& s, const forces& u) {
  state next = s;
  for (std::size_t i = 0; i < masses; ++i) {
    const double left = i > 0 ? s[i - 1] : 0, right = i + 1 < masses ? s[i + 1] : 0;
    next[masses + i] +=
        dt * (stiffness * (left - 2 * s[i] + right) - damping * s[masses + i]);
  }
  for (std::size_t m = 0; m < motors; ++m) next[masses + pushed(m)] += dt * u[m];
  for (std::size_t i = 0; i < masses; ++i) next[i] += dt * next[masses + i];
  return next;
}

/// Where the masses stand still under constant forces.
inline state held_by(const forces& f) {
  state s{};
  constexpr double n = masses + 1;
  for (std::size_t i = 0; i < masses; ++i)
    for (std::size_t m = 0; m < motors; ++m) {
      const auto low = static_cast<double>(std::min(i, pushed(m)) + 1),
                 high = static_cast<double>(std::max(i, pushed(m)) + 1);
      s[i] += f[m] * low * (n - high) / (n * stiffness);
    }
  return s;
}

/// The masses in the world: gusts, late and noisy sensors, and targets that change.
class plant {
 public:
  explicit plant(std::uint32_t seed) : random_(seed) { aim(); }

  const state& now() const { return past_[0]; }
  const state& target() const { return target_; }
  const forces& holding() const { return holding_; }

  /// Positions some steps ago with noise, the target, and the forces of the last step.
  observation look() {
    observation o{};
    for (std::size_t i = 0; i < masses; ++i) {
      o[i] = static_cast<float>(past_[delay][i] + random_.uniform(-noise, noise));
      o[masses + i] = static_cast<float>(target_[i]);
    }
    for (std::size_t m = 0; m < motors; ++m) o[2 * masses + m] = static_cast<float>(last_[m]);
    return o;
  }
  /// A step under forces, which are cut to what the motors can. Returns what it costs: squared
  /// distances of all masses and squared forces beyond those that hold the target.
  double push(forces u) {
    double cost = 0;
    for (std::size_t i = 0; i < masses; ++i)
      cost += (now()[i] - target_[i]) * (now()[i] - target_[i]);
    for (std::size_t m = 0; m < motors; ++m) {
      u[m] = std::clamp(u[m], -strongest, strongest);
      cost += cost_of_force * (u[m] - holding_[m]) * (u[m] - holding_[m]);
    }
    state next = moved(now(), u);
    for (std::size_t i = 0; i < masses; ++i) next[masses + i] += random_.uniform(-gusts, gusts);
    std::copy_backward(past_.begin(), past_.end() - 1, past_.end());
    past_[0] = next;
    last_ = u;
    if (random_.uniform(0, 1) < 0.02) aim();
    return cost;
  }

 private:
  void aim() {
    for (double& f : holding_) f = random_.uniform(-1, 1);
    target_ = held_by(holding_);
  }
  tapeless::mt19937 random_;
  std::array<state, delay + 1> past_{};
  state target_{};
  forces holding_{}, last_{};
};

/// The linear controller of least cost for one that knows the state: forces = those that hold the
/// target - K (state - target). K is the fixed point of the Riccati equation. Source: Kwakernaak,
/// Sivan, Linear Optimal Control Systems (1972), 6.4.
class linear {
 public:
  linear() {
    // a[j] and b[m] are columns of the step; p is the cost of all steps to come.
    std::array<state, states> a{}, p{}, pa{};
    std::array<state, motors> b{}, pb{};
    for (std::size_t j = 0; j < states; ++j) {
      state one{};
      one[j] = 1;
      a[j] = moved(one, {});
      if (j < masses) p[j][j] = 1;
    }
    for (std::size_t m = 0; m < motors; ++m) {
      forces one{};
      one[m] = 1;
      b[m] = moved({}, one);
    }
    for (int i = 0; i < 500; ++i) {
      for (std::size_t j = 0; j < states; ++j) pa[j] = product(p, a[j]);
      for (std::size_t m = 0; m < motors; ++m) pb[m] = product(p, b[m]);
      solve(a, b, pb);
      for (std::size_t r = 0; r < states; ++r)
        for (std::size_t c = 0; c < states; ++c) {
          p[c][r] = dot(a[r], pa[c]) + (r == c && r < masses ? 1 : 0);
          for (std::size_t m = 0; m < motors; ++m) p[c][r] -= dot(a[r], pb[m]) * k_[m][c];
        }
    }
  }
  forces operator()(const state& s, const state& target, const forces& holding) const {
    forces u = holding;
    for (std::size_t m = 0; m < motors; ++m)
      for (std::size_t i = 0; i < states; ++i) u[m] -= k_[m][i] * (s[i] - target[i]);
    for (double& f : u) f = std::clamp(f, -strongest, strongest);
    return u;
  }

 private:
  static double dot(const state& x, const state& y) {
    double sum = 0;
    for (std::size_t i = 0; i < states; ++i) sum += x[i] * y[i];
    return sum;
  }
  static state product(const std::array<state, states>& columns, const state& x) {
    state y{};
    for (std::size_t c = 0; c < states; ++c)
      for (std::size_t r = 0; r < states; ++r) y[r] += columns[c][r] * x[c];
    return y;
  }
  /// k = (R + b' p b)^-1 b' p a, by elimination; the matrix is positive definite.
  void solve(const std::array<state, states>& a, const std::array<state, motors>& b,
             const std::array<state, motors>& pb) {
    std::array<std::array<double, motors>, motors> s{};
    for (std::size_t m = 0; m < motors; ++m) {
      for (std::size_t n = 0; n < motors; ++n) s[m][n] = dot(b[m], pb[n]);
      s[m][m] += cost_of_force;
      for (std::size_t j = 0; j < states; ++j) k_[m][j] = dot(pb[m], a[j]);
    }
    for (std::size_t pivot = 0; pivot < motors; ++pivot)
      for (std::size_t m = 0; m < motors; ++m) {
        if (m == pivot) continue;
        const double f = s[m][pivot] / s[pivot][pivot];
        for (std::size_t n = 0; n < motors; ++n) s[m][n] -= f * s[pivot][n];
        for (std::size_t j = 0; j < states; ++j) k_[m][j] -= f * k_[pivot][j];
      }
    for (std::size_t m = 0; m < motors; ++m)
      for (double& x : k_[m]) x /= s[m][m];
  }
  std::array<state, motors> k_{};  ///< rows
};

}  // namespace controller
