#pragma once
// Parameters as training starts with them.

#include <concepts>
#include <tapeless/core/config.hpp>
#include <tapeless/initializers/schemes.hpp>
#include <tapeless/run/parameters.hpp>
#include <type_traits>

namespace tapeless {

/// Each parameter as its layer declares it (dense: PyTorch's default).
struct as_declared {};

namespace detail {

template <class Scheme>
concept is_scheme = std::is_same_v<Scheme, as_declared> ||
                    requires(generator& g, const initializer& i) {
  { Scheme::draw(g, i) } -> std::convertible_to<double>;
};

template <class Scheme>
consteval bool check_scheme() {
  static_assert(is_scheme<Scheme>,
                "Tapeless: the second argument of init is a scheme, such as tl::he_normal; the "
                "scalar type is the third, float or double: tl::init<net, tl::as_declared, double>");
  return true;
}

}  // namespace detail

/// A scheme and a seed, for constructors that draw parameters in place.
template <class Scheme>
struct drawn {
  seed from;
};

/// Fresh parameters, the numbers of `init`, in memory of the caller: for networks that are larger
/// than a stack. Padding is as it was, zero in every `parameters`.
template <class Scheme = as_declared, class Net, class T>
TAPELESS_NATIVE constexpr void init_into(parameters<Net, T>& theta, seed s) {
  static_assert(detail::check_scheme<Scheme>());
  for (int t = 0; t < theta.tensors().count; ++t) {
    const parameter_info& p = theta.tensors().of[t];
    generator g{seed{s.number * 0x9E3779B97F4A7C15ull +
                     static_cast<std::uint64_t>(t) * 0xD1B54A32D192ED03ull}};
    for (int e = 0; e < p.dims.count(); ++e) {
      double x = 0;
      if (p.init.draw != nullptr) {
        x = p.init.draw(g, p.init);
      } else if constexpr (requires(const initializer& i) { Scheme::draw(g, i); }) {
        if (p.dims.rank > 1 || requires { Scheme::biases_too; }) x = Scheme::draw(g, p.init);
      } else {
        x = p.init.b > 0   ? p.init.a + p.init.b * g.normal()
            : p.init.b < 0 ? g.uniform(p.init.b, -p.init.b)
                           : torch_linear::draw(g, p.init);
      }
      theta.set(t, e, static_cast<T>(x));
    }
  }
}
template <class Scheme, class Net, class T>
TAPELESS_NATIVE constexpr void init_into(parameters<Net, T>& theta, drawn<Scheme> start) {
  init_into<Scheme>(theta, start.from);
}

/// Fresh parameters of a network: init<net>(seed{1}), or with a scheme, init<net,
/// he_normal>(seed{1}). What a declaration says how to draw, such as the factors and running
/// statistics of norms, starts so under every scheme. The same seed gives the same numbers everywhere, in constant expressions
/// too; every parameter draws from a stream of its own, so that adding a layer does not change the
/// others.
template <class Net, class Scheme = as_declared, class T = float>
TAPELESS_NATIVE constexpr parameters<Net, T> init(seed s) {
  parameters<Net, T> theta{};
  init_into<Scheme>(theta, s);
  return theta;
}

}  // namespace tapeless
