#pragma once
// The lane vocabulary on symbolic values: the names that operation bodies use are declared here,
// ahead of every body; each is defined beside its operation in ops/.

#include <tapeless/core/math.hpp>
#include <tapeless/graph/operation.hpp>

namespace tapeless {

constexpr value operator+(value a, value b);
constexpr value operator-(value a, value b);
constexpr value operator*(value a, value b);
constexpr value operator/(value a, value b);
constexpr value operator-(value x);
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
constexpr value expm1(value x);
constexpr value log(value x);
constexpr value log1p(value x);
constexpr value tanh(value x);
constexpr value tanh_fast(value x);
constexpr value sigmoid(value x);
constexpr value sigmoid_fast(value x);
constexpr value erf(value x);
constexpr value pow(value x, double exponent);

}  // namespace math
}  // namespace tapeless
