#pragma once
// Six patterns of three street lights and whether people walked: the data, models and loss of the
// example, shared with the test that trains them in constant expressions.
#include <array>
#include <cstddef>
#include <tapeless/core/mt19937.hpp>
#include <tapeless/tapeless.hpp>

namespace streetlights {
namespace tl = tapeless;

inline constexpr std::array<std::array<double, 3>, 6> lights{
    {{1, 0, 1}, {0, 1, 1}, {0, 0, 1}, {1, 1, 1}, {0, 1, 1}, {1, 0, 1}}};
inline constexpr std::array<double, 6> walked{0, 1, 0, 1, 1, 0};

/// Half the squared error, whose gradient is (prediction - goal) input: the update of the text.
struct half_squared_error : tl::mse {
  static constexpr tl::value lower(tl::graph&, tl::value y, tl::value t) {
    return 0.5 * tl::math::sum(tl::math::square(y - t));
  }
};

/// prediction = weights . lights
struct direct : tl::sequential<tl::input<3>, tl::dense<1, tl::bias::off>> {};
/// With four hidden units between them.
struct hidden : tl::sequential<tl::input<3>, tl::dense<4, tl::bias::off>, tl::relu,
                               tl::dense<1, tl::bias::off>> {};

template <class Net, int Batch>
using trainer =
    tl::trainer<Net, half_squared_error, tl::sgd, tl::batch<Batch>, tl::scalar_type<double>>;

constexpr tl::parameters<direct, double> direct_weights() {
  tl::parameters<direct, double> theta;
  const double start[] = {0.5, 0.48, -0.7};
  for (int i = 0; i < 3; ++i) theta.view<"0.weight">()(0, i) = start[i];
  return theta;
}

/// NumPy's 2 random((3, 4)) - 1 and then 2 random((4, 1)) - 1 after seed(1), [input][output].
constexpr tl::parameters<hidden, double> hidden_weights() {
  tl::mt19937 uniform(1);
  tl::parameters<hidden, double> theta;
  for (int i = 0; i < 3; ++i)
    for (int o = 0; o < 4; ++o) theta.view<"0.weight">()(o, i) = 2 * uniform.random_sample() - 1;
  for (int i = 0; i < 4; ++i) theta.view<"2.weight">()(0, i) = 2 * uniform.random_sample() - 1;
  return theta;
}

/// Trains on all six patterns once; the sum of their squared errors, each before its update.
template <class Trainer>
constexpr double epoch(Trainer& t) {
  constexpr std::size_t batch = Trainer::batch_size;
  double error = 0;
  for (std::size_t i = 0; i < walked.size(); i += batch)
    error += 2 * batch * t.step(lights[i].data(), &walked[i]);
  return error;
}

}  // namespace streetlights
