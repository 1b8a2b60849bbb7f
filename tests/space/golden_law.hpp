#pragma once
// Holds a layer of golden/space.hpp to PyTorch: outputs, gradient of the input, gradients of all
// parameters, of a batch of three samples.

#include <catch2/catch.hpp>
#include <cmath>
#include <golden/space.hpp>
#include <space/hashed.hpp>
#include <vector>

namespace space {

namespace tl = tapeless;
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

/// The layer behind a parameter that is added to the input: its gradient is that of the input,
/// summed over the batch.
template <class Case>
struct net : tl::network<net<Case>> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", Case::input);
    const tl::value shift = g.parameter("shift", Case::input);
    return tl::lower_layer<typename Case::layer>(g, x + shift);
  }
};

template <class Get>
void compare(const char* what, const double (&expected)[3], int count, double tolerance, Get get) {
  for (int k = 0; k < 3; ++k) {
    double sum = 0, size = 0;
    for (int i = 0; i < count; ++i) {
      sum += hashed(1000 + k, i) * get(i);
      size += std::abs(hashed(1000 + k, i) * get(i));
    }
    INFO(what << ", product " << k << ": " << sum << " instead of " << expected[k]);
    CHECK(std::abs(sum - expected[k]) <= tolerance * (1 + size));
  }
}

/// Known numbers in all parameters: those of tests/golden/space.py.
template <class Case, class Parameters>
void start(Parameters& theta) {
  using T = typename Parameters::scalar;
  const auto& all = Parameters::tensors();
  int trained = 0, statistics = 0;
  for (int i = 0; i < all.of[0].dims.count(); ++i) theta.set(0, i, T(0));  // the shift
  for (int t = 1; t < all.count; ++t) {
    const tl::parameter_info& p = all.of[t];
    const int stream = p.trainable ? 10 + trained++ : 50 + statistics++;
    const double more = p.name.view().ends_with("running_var");
    for (int i = 0; i < p.dims.count(); ++i)
      theta.set(t, i, static_cast<T>(hashed(stream, i) / 2 + more));
  }
  REQUIRE(trained == Case::parameters);
  REQUIRE(statistics == Case::statistic_count);
}

template <class T>
std::vector<T> rows(int stream, int count) {
  std::vector<T> v(static_cast<std::size_t>(count) + 1);
  for (int i = 0; i < count; ++i) v[static_cast<std::size_t>(i)] = static_cast<T>(hashed(stream, i));
  return v;
}

/// Outputs of inference are compared where a graph of their own is worth its compile time.
enum class compares : unsigned char { training, inference_too };

template <class Case, class T, compares What = compares::training>
void check_in() {
  using own = net<Case>;
  constexpr double tolerance = sizeof(T) == sizeof(float) ? 1e-5 : 1e-12;
  static_assert(tl::output_shape<own> == Case::output);
  constexpr int in = Case::input.count(), out = Case::output.count();
  tl::parameters<own, T> theta{}, gradient{};
  start<Case>(theta);
  const std::vector<T> x = rows<T>(1, batch * in), w = rows<T>(2, batch * out);
  if constexpr (What == compares::inference_too) {
    std::vector<T> y(static_cast<std::size_t>(batch * out) + 1);
    tl::forward<own, tl::batch<batch>>(theta, x.data(), y.data());
    compare("output", Case::y, batch * out, tolerance,
            [&](int i) { return y[static_cast<std::size_t>(i)]; });
  }
  const T loss = tl::value_and_grad<own, product_with_target, tl::batch<batch>>(
      theta, x.data(), w.data(), gradient);
  CHECK(std::abs(loss - Case::loss) <= tolerance * (1 + batch * out));
  const auto& all = tl::parameters<own, T>::tensors();
  int trained = 0;
  for (int t = 0; t < all.count; ++t) {
    if (!all.of[t].trainable) continue;
    const bool is_input = t == 0;
    compare(is_input ? "gradient of the input" : "gradient of a parameter",
            is_input ? Case::input_gradient : Case::gradients[is_input ? 0 : trained++],
            all.of[t].dims.count(), tolerance, [&](int i) { return gradient.get(t, i); });
  }
}

/// One step, of a whole batch and of a part of a larger one.
template <class Case, class T>
void check_statistics() {
  const std::vector<T> x = rows<T>(1, batch * Case::input.count());
  const std::vector<T> w = rows<T>(2, batch * Case::output.count());
  const auto after_a_step = [&]<class Trainer>(Trainer& t, auto step) {
    start<Case>(t.parameters());
    step(t);
    const auto& all = tl::parameters<net<Case>, T>::tensors();
    int k = 0;
    for (int i = 0; i < all.count; ++i)
      if (!all.of[i].trainable)
        compare("running statistic", Case::statistics[k++], all.of[i].dims.count(),
                sizeof(T) == sizeof(float) ? 1e-5 : 1e-12,
                [&](int e) { return t.parameters().get(i, e); });
  };
  tl::trainer<net<Case>, product_with_target, tl::sgd, tl::batch<batch>, tl::scalar_type<T>>
      whole{tl::seed{1}};
  after_a_step(whole, [&](auto& t) { t.step(x.data(), w.data()); });
  tl::trainer<net<Case>, product_with_target, tl::sgd, tl::batch<batch + 2>, tl::scalar_type<T>>
      part{tl::seed{1}};
  after_a_step(part, [&](auto& t) { t.step(x.data(), w.data(), batch); });
}

}  // namespace space
