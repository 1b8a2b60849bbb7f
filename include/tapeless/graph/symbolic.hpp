#pragma once
// The lane vocabulary on symbolic values: the names that operation bodies use are declared here,
// ahead of every body; each is defined beside its operation in ops/.

#include <concepts>
#include <tapeless/core/math.hpp>
#include <tapeless/graph/operation.hpp>

namespace tapeless {

/// A value of a graph under construction.
template <class V>
concept symbolic = std::same_as<V, value>;

/// Two operands of which one is a value at least, the other one or a number.
template <class A, class B>
concept one_symbolic = (symbolic<A> && std::convertible_to<B, value>) ||
                       (symbolic<B> && std::convertible_to<A, value>);

constexpr value operator+(value a, value b);
constexpr value operator-(value a, value b);
constexpr value operator*(value a, value b);
constexpr value operator/(value a, value b);
constexpr value operator-(value x);
constexpr value operator+(value x) { return x; }
constexpr value operator>(value a, value b);
constexpr value operator>=(value a, value b);
constexpr value operator<(value a, value b);
constexpr value operator<=(value a, value b);
constexpr value operator==(value a, value b);
constexpr value operator!=(value a, value b);

namespace math {

constexpr value select(value condition, value yes, value no);
constexpr value abs(value x);
constexpr value min(value a, value b);
constexpr value max(value a, value b);
constexpr value sqrt(value x);
constexpr value divide_fast(value a, value b);
constexpr value exp(value x);
constexpr value exp_fast(value x);
constexpr value exp_decay(value x);
constexpr value expm1(value x);
constexpr value log(value x);
constexpr value log1p(value x);
constexpr value tanh(value x);
constexpr value tanh_fast(value x);
constexpr value sigmoid(value x);
constexpr value sigmoid_fast(value x);
constexpr value erf(value x);
constexpr value erf_slope(value x);
constexpr value pow(value x, double exponent);

// Functions of later operations are templates: a source pays for those that it uses.
template <class A, class B>
requires one_symbolic<A, B> constexpr value power(A a, B b);
template <symbolic V>
constexpr V sin(V x);
template <symbolic V>
constexpr V cos(V x);
template <symbolic V>
constexpr V sinh(V x);
template <symbolic V>
constexpr V cosh(V x);
template <symbolic V>
constexpr V round(V x);
template <symbolic V>
constexpr V normal_density(V x);
template <symbolic V>
constexpr V gelu_slope(V x);

}  // namespace math
}  // namespace tapeless
