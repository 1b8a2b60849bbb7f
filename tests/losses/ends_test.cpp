// Losses where differences would lose their digits: near 0 and 1, at large and infinite outputs,
// against PyTorch in double precision.

#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <golden/ends.hpp>
#include <limits>
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;
namespace pytorch = golden::ends;

namespace {

/// y = x + w with w = 0, so that the gradient of w is that of the outputs.
template <int N>
struct outputs : tl::network<outputs<N>> {
  static consteval tl::value define(tl::graph& g) {
    return g.input("x", tl::shape{N}) + g.parameter("w", tl::shape{N}, tl::initializer{});
  }
};

template <class T>
void check_number(T got, double wanted) {
  if (std::isinf(wanted)) {
    CHECK(static_cast<double>(got) == wanted);
  } else {
    // PyTorch's bound of 1e-12 in bce is a float, 1 - 4e-9 of that.
    const bool bound = std::abs(wanted) > 1e11 || std::abs(wanted - 0.01) < 1e-9;
    const double tolerance = sizeof(T) == 4 ? 5e-7 : bound ? 1e-8 : 1e-13;
    CHECK(static_cast<double>(got) ==
          Approx(wanted).epsilon(tolerance).margin(sizeof(T) == 4 ? 1e-37 : 1e-300));
  }
}

/// One row in a batch of equal ones.
template <class Loss, int N, class T, int Batch>
void check_row(const double* y, const double* t, int targets, double value, const double* slope) {
  std::array<T, N * Batch> x{};
  std::array<T, N * Batch> wanted{};
  for (int s = 0; s < Batch; ++s) {
    for (int i = 0; i < N; ++i) x[static_cast<std::size_t>(s * N + i)] = static_cast<T>(y[i]);
    for (int i = 0; i < targets; ++i)
      wanted[static_cast<std::size_t>(s * targets + i)] = static_cast<T>(t[i]);
  }
  const tl::parameters<outputs<N>, T> zeros{};
  const auto r =
      tl::value_and_grad<outputs<N>, Loss, tl::batch<Batch>>(zeros, x.data(), wanted.data());
  INFO("output " << y[0] << ", target " << t[0] << ", batch " << Batch);
  check_number(r.loss, value);
  for (int i = 0; i < N; ++i) check_number(r.gradient.get(0, i), slope[i]);
}

template <class Loss, std::size_t N>
void check_values(const std::array<double, N>& y, const std::array<double, N>& t,
                  const std::array<double, N>& value, const std::array<double, N>& slope) {
  for (std::size_t i = 0; i < N; ++i) {
    check_row<Loss, 1, float, 1>(&y[i], &t[i], 1, value[i], &slope[i]);
    check_row<Loss, 1, float, 8>(&y[i], &t[i], 1, value[i], &slope[i]);
    check_row<Loss, 1, double, 8>(&y[i], &t[i], 1, value[i], &slope[i]);
  }
}

template <class Loss, std::size_t N>
void check_classes(const std::array<double, N>& t, const std::array<double, 9>& value,
                   const std::array<double, 18>& slope) {
  constexpr int targets = static_cast<int>(N) / 9;
  for (std::size_t i = 0; i < 9; ++i) {
    const double* const row = &pytorch::rows[2 * i];
    const double* const target = &t[targets * i];
    check_row<Loss, 2, double, 1>(row, target, targets, value[i], &slope[2 * i]);
    check_row<Loss, 2, double, 8>(row, target, targets, value[i], &slope[2 * i]);
    if (row[0] > 1e38) continue;
    check_row<Loss, 2, float, 1>(row, target, targets, value[i], &slope[2 * i]);
    check_row<Loss, 2, float, 8>(row, target, targets, value[i], &slope[2 * i]);
  }
}

}  // namespace

TEST_CASE("bce near 0 and 1") {
  check_values<tl::bce>(pytorch::probabilities, pytorch::probabilities_target, pytorch::bce_value,
                        pytorch::bce_gradient);
}

TEST_CASE("bce_with_logits of small differences and of large logits") {
  check_values<tl::bce_with_logits>(pytorch::logits, pytorch::logits_target,
                                    pytorch::bce_with_logits_value,
                                    pytorch::bce_with_logits_gradient);
  // The limits, where PyTorch's formula is 0 times infinity.
  constexpr double inf = std::numeric_limits<double>::infinity();
  check_values<tl::bce_with_logits, 4>({inf, inf, -inf, -inf}, {1, 0, 0, 1}, {0, inf, 0, inf},
                                       {0, 1, 0, -1});
}

TEST_CASE("huber up to infinity") {
  check_values<tl::huber<>>(pytorch::distances, {}, pytorch::huber_value, pytorch::huber_gradient);
}

TEST_CASE("cross entropy of logits of any size") {
  check_classes<tl::cross_entropy>(pytorch::labels, pytorch::cross_entropy_value,
                                   pytorch::cross_entropy_gradient);
  check_classes<tl::cross_entropy_probabilities>(pytorch::shares,
                                                 pytorch::cross_entropy_probabilities_value,
                                                 pytorch::cross_entropy_probabilities_gradient);
}

TEST_CASE("kl where a probability is 0") {
  constexpr double inf = std::numeric_limits<double>::infinity();
  check_values<tl::kl, 4>({-3, -inf, -inf, -2}, {0, 0, 0.5, 1e-30},
                          {0, 0, inf, 1e-30 * (2 - 69.07755278982137)}, {0, 0, -0.5, -1e-30});
}
