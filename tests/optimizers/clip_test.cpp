// Gradient clipping against PyTorch: the change of a parameter by one step of rate 1.

#include <catch2/catch.hpp>
#include <golden/optimizers.hpp>
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;
namespace pytorch = golden::optimizers;

namespace {

/// y = w1 x1 + w2 x2 in two parameters, so that the norm runs over both.
struct pair : tl::network<pair> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{6});
    const tl::value first = tl::math::slice(x, 0, 0, 2) * g.parameter("first", tl::shape{2}, {});
    const tl::value rest = tl::math::slice(x, 0, 2, 4) * g.parameter("rest", tl::shape{4}, {});
    return tl::math::concat(first, rest);
  }
};

/// Half of (y - t)^2, whose gradient at y = 0 is -t.
struct half_square : tl::detail::elementwise_loss {
  static constexpr tl::value lower(tl::graph&, tl::value y, tl::value t) {
    return tl::math::sum(tl::math::square(y - t)) * 0.5;
  }
};

/// Applies the clipped gradient once and reads it off the parameters, which start at 0.
template <class Clip>
std::array<double, 6> clipped(double scale) {
  tl::trainer<pair, tl::summed<half_square>, tl::sgd, tl::scalar_type<double>, Clip> t{
      {}, {.learning_rate = 1}};
  const double ones[6] = {1, 1, 1, 1, 1, 1};
  double target[6];
  for (std::size_t i = 0; i < 6; ++i) target[i] = -scale * pytorch::gradients[i];
  t.step(ones, target);
  std::array<double, 6> g;
  for (std::size_t i = 0; i < 6; ++i)
    g[i] = -(i < 2 ? t.parameters().get(0, static_cast<int>(i))
                   : t.parameters().get(1, static_cast<int>(i) - 2));
  return g;
}

void check(const std::array<double, 6>& got, const std::array<double, 6>& wanted) {
  for (std::size_t i = 0; i < 6; ++i) CHECK(got[i] == Approx(wanted[i]).epsilon(1e-13));
}

}  // namespace

TEST_CASE("clipping by the norm over all parameters") {
  check(clipped<tl::clip_by_norm<1.5>>(1), pytorch::clip_norm_1_5);
  check(clipped<tl::clip_by_norm<1.5>>(0.01), pytorch::clip_norm_unchanged);
}

TEST_CASE("clipping by value") {
  check(clipped<tl::clip_by_value<0.75>>(1), pytorch::clip_value_0_75);
}
