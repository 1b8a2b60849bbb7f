#pragma once
// Pools of powers: the p-norm of each window.

#include <tapeless/layers/pool.hpp>
#include <tapeless/ops/pow.hpp>
#include <tapeless/ops/reductions.hpp>

namespace tapeless {

namespace detail {

/// x^(1 / p) of a sum of powers; its derivative at 0 is 0.
constexpr value root_of_powers(value x, double p) {
  if (p == 1) return x;
  if (p == 2) return root_of_squares(x);
  const value zero = x == value{0.0};
  return math::select(zero, value{0.0}, math::pow(math::select(zero, value{1.0}, x), 1 / p));
}

/// PyTorch's lp_pool is the root of an avg_pool of powers times the size of a whole window: where
/// ceil_mode cuts a window off, its sum grows in proportion.
constexpr value pool_power(graph& g, value x, double p, const kernel& k, int axes) {
  if (!has_space(g, x, axes, k) || !(p > 0)) return x;
  const double size = (axes == 2 ? k.size.height : 1) * k.size.width;
  const value mean = pool_mean(g, math::pow(x, p), k, axes);
  return g.failed() ? x : root_of_powers(mean * value{size}, p);
}

template <auto P, kernel K>
constexpr auto explain_pool_of_powers() {
  explain_pool<K>();
  static_assert(P > 0 && P <= std::numeric_limits<double>::max(),
                "Tapeless: the power of an lp_pool is a finite number above 0");
  static_assert(K.dilation == per_axis{1}, "Tapeless: an lp_pool has no dilation");
  static_assert(K.counts_padding, "Tapeless: counts_padding is of average pools alone");
}

}  // namespace detail

/// (Sum of x^P over each window)^(1 / P), as PyTorch's LPPool2d; 0, with a derivative of 0, where
/// the sum is 0. NaN where P is no even number and the sum is below 0. Shapes: those of max_pool2d.
template <auto P, auto K>
struct lp_pool2d {
  static constexpr auto explain() { detail::explain_pool_of_powers<P, detail::kernel_from(K)>(); }
  static constexpr value lower(graph& g, value x) {
    return detail::pool_power(g, x, static_cast<double>(P), detail::kernel_from(K), 2);
  }
};
/// The same over one axis of space: x {channels, width}.
template <auto P, auto K>
struct lp_pool1d {
  static constexpr auto explain() {
    detail::explain_pool_of_powers<P, detail::kernel_from(K)>();
    detail::explain_one_axis<detail::kernel_from(K)>();
  }
  static constexpr value lower(graph& g, value x) {
    return detail::pool_power(g, x, static_cast<double>(P), detail::kernel_from(K), 1);
  }
};

}  // namespace tapeless
