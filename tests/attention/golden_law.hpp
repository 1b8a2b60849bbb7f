#pragma once
// Holds a layer of golden/attention.hpp to PyTorch: loss, gradients of the inputs, gradients of all
// parameters, of a batch of three samples. In double by the reference semantics; in float by
// kernels where a case is worth its compile time: tests/laws/ hold kernels to the reference.

#include <catch2/catch.hpp>
#include <cmath>
#include <golden/attention.hpp>
#include <memory>
#include <space/hashed.hpp>
#include <string_view>
#include <vector>

namespace attention {

namespace tl = tapeless;
using golden::attention::kind;
inline constexpr int batch = 3;

/// Sum of products of outputs and given numbers.
struct product_with_target {
  static constexpr bool is_sum = true;
  static constexpr tl::value lower(tl::graph&, tl::value y, tl::value t) {
    return tl::math::sum(y * t);
  }
  static constexpr tl::shape target(tl::shape output) { return output; }
  static constexpr double terms(tl::shape) { return 1; }
};

/// The layer behind parameters that are added to its inputs: their gradients are those of the
/// inputs, summed over the batch. Masks have none.
template <class Case>
struct net : tl::network<net<Case>> {
  static constexpr tl::value input(tl::graph& g, int i) {
    const char number[] = {static_cast<char>('0' + i), 0};
    const tl::value x = g.input(tl::path{"x"}.join(number).view(), Case::input[i]);
    if (Case::kinds[i] != kind::any) return x;
    return x + g.parameter(tl::path{"shift"}.join(number).view(), Case::input[i]);
  }
  static consteval tl::value define(tl::graph& g) {
    using layer = typename Case::layer;
    const tl::value a = input(g, 0);
    if constexpr (Case::values == 1) return tl::lower_layer<layer>(g, a);
    if constexpr (Case::values > 1) {
      const tl::value b = input(g, 1);
      if constexpr (Case::values == 2) return tl::lower_layer<layer>(g, a, b);
      if constexpr (Case::values > 2) {
        const tl::value c = input(g, 2);
        if constexpr (Case::values == 3) return tl::lower_layer<layer>(g, a, b, c);
        if constexpr (Case::values > 3) return tl::lower_layer<layer>(g, a, b, c, input(g, 3));
      }
    }
  }
};

/// Element e of all samples of input i, as tests/golden/attention.py has it.
template <class Case>
double element(int i, int e) {
  const double x = space::hashed(1 + 100 * i, e);
  const tl::shape d = Case::input[i];
  const int last = d[d.rank - 1];
  switch (Case::kinds[i]) {
    case kind::shown:
      return x > -0.25;
    case kind::some:
      return x > -0.25 && e / last % d[d.rank - 2] != 1;
    case kind::hidden:
      return x > 0.25 && e % last != 0;
    case kind::added:
      return x > 0.5 ? -INFINITY : x;
    default:
      return x;
  }
}

/// Rows of all inputs, one after the other.
template <class Case, class T>
std::vector<T> input_rows() {
  std::vector<T> rows;
  for (int s = 0; s < batch; ++s)
    for (int i = 0; i < Case::values; ++i)
      for (int e = 0; e < Case::input[i].count(); ++e)
        rows.push_back(static_cast<T>(element<Case>(i, s * Case::input[i].count() + e)));
  rows.push_back(T(0));
  return rows;
}

template <class Get>
void compare(std::string_view what, const double (&expected)[3], int count, double tolerance,
             Get get) {
  for (int k = 0; k < 3; ++k) {
    double sum = 0, size = 0;
    for (int i = 0; i < count; ++i) {
      sum += space::hashed(1000 + k, i) * get(i);
      size += std::abs(space::hashed(1000 + k, i) * get(i));
    }
    INFO(what << ", product " << k << ": " << sum << " instead of " << expected[k]);
    CHECK(std::abs(sum - expected[k]) <= tolerance * (1 + size));
  }
}

/// Which parameter of PyTorch's module has that name, or -1.
template <class Case>
int index_of(std::string_view name) {
  for (int k = 0; k < Case::parameters; ++k)
    if (name == Case::names[k]) return k;
  return -1;
}

template <class Case, class T>
void start(tl::parameters<net<Case>, T>& theta) {
  const auto& all = theta.tensors();
  int found = 0;
  for (int t = 0; t < all.count; ++t) {
    const tl::parameter_info& p = all.of[t];
    if (p.name.view().starts_with("shift")) continue;
    INFO("parameter " << p.name.view());
    const int k = index_of<Case>(p.name.view());
    REQUIRE(k >= 0);
    ++found;
    const double inputs = p.dims.rank > 1 ? p.dims.count() / p.dims[0] : 4;
    for (int i = 0; i < p.dims.count(); ++i)
      theta.set(t, i, static_cast<T>(space::hashed(10 + k, i) / std::sqrt(inputs)));
  }
  REQUIRE(found == Case::parameters);
}

template <class Case, class T, class... Options>
void check_in(double tolerance) {
  using own = net<Case>;
  using parameters = tl::parameters<own, T>;
  static_assert(tl::output_shape<own> == Case::output);
  constexpr int out = Case::output.count();
  const auto theta = std::make_unique<parameters>(), gradient = std::make_unique<parameters>();
  start<Case, T>(*theta);
  const std::vector<T> x = input_rows<Case, T>();
  std::vector<T> w;
  for (int i = 0; i <= batch * out; ++i) w.push_back(static_cast<T>(space::hashed(2, i)));
  const T loss = tl::value_and_grad<own, product_with_target, tl::batch<batch>, Options...>(
      *theta, x.data(), w.data(), *gradient);
  INFO("loss " << loss << " instead of " << Case::loss);
  CHECK(std::abs(loss - Case::loss) <= tolerance * (1 + batch * out));
  const auto& all = parameters::tensors();
  int input = 0;
  for (int t = 0; t < all.count; ++t) {
    const std::string_view name = all.of[t].name.view();
    const bool is_input = name.starts_with("shift");
    const int k = is_input ? input++ : index_of<Case>(name);
    compare(name, is_input ? Case::input_gradients[k] : Case::gradients[k], all.of[t].dims.count(),
            tolerance, [&](int i) { return gradient->get(t, i); });
  }
}

template <class Case>
void check_reference() {
  check_in<Case, double, tl::by_reference>(1e-10);
}
template <class Case>
void check() {
  check_reference<Case>();
  check_in<Case, float>(1e-5);
}

/// What forward computes, in float.
template <class Case>
void check_forward() {
  using own = net<Case>;
  const auto theta = std::make_unique<tl::parameters<own, float>>();
  start<Case, float>(*theta);
  const std::vector<float> x = input_rows<Case, float>();
  std::vector<float> y(static_cast<std::size_t>(batch * Case::output.count()) + 1);
  tl::forward<own, tl::batch<batch>>(*theta, x.data(), y.data());
  compare("output", Case::y, batch * Case::output.count(), 1e-5,
          [&](int i) { return y[static_cast<std::size_t>(i)]; });
}

}  // namespace attention
