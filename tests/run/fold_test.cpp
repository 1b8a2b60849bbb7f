// Batch normalisation folded into the weights before it.

#include <catch2/catch.hpp>
#include <cmath>
#include <space/hashed.hpp>
#include <string_view>
#include <tapeless/tapeless.hpp>
#include <vector>

namespace {

namespace tl = tapeless;
using tl::kernel;

struct net : tl::sequential<
                 tl::input<2, 6, 5>,
                 tl::conv2d<6, kernel{.size = 3, .padding = 1}, tl::bias::off>, tl::batch_norm<>,
                 tl::relu, tl::conv2d<6, kernel{.size = 3, .groups = 2}>,
                 tl::batch_norm<0.01, 0.1, tl::affine::off>, tl::tanh, tl::depthwise_conv2d<2>,
                 tl::batch_norm<>, tl::flatten, tl::dense<5>, tl::batch_norm<>> {};
/// The same layers without normalisation.
struct bare : tl::sequential<tl::input<2, 6, 5>, tl::conv2d<6, kernel{.size = 3, .padding = 1}>,
                             tl::relu, tl::conv2d<6, kernel{.size = 3, .groups = 2}>, tl::tanh,
                             tl::depthwise_conv2d<2>, tl::flatten, tl::dense<5>> {};

/// What follows a sum, channels in another order, or part of them is no layer's own result.
struct beside : tl::network<beside> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{4, 3, 4});
    constexpr kernel one{.size = 1};
    const tl::value a = g.layer<tl::conv2d<4, one, tl::bias::off>>("a", x);
    const tl::value b = g.layer<tl::conv2d<4, one, tl::bias::off>>("b", x);
    const tl::value around = g.layer<tl::batch_norm<>>("around", x + a);
    const tl::value both = g.layer<tl::batch_norm<>>("both", a + b);
    const tl::value c = g.layer<tl::conv2d<4, one>>("c", around);
    const tl::value turned = g.layer<tl::batch_norm<>>("turned", tl::math::permute(c, {2, 1, 0}));
    const tl::value d = g.layer<tl::conv2d<4, one>>("d", both);
    const tl::value flipped = g.layer<tl::batch_norm<>>("flipped", tl::math::flip(d, 0));
    return tl::math::flatten(flipped) + tl::math::flatten(turned);
  }
};

template <class Net, class T>
void check(double tolerance) {
  tl::parameters<Net, T> theta{};
  const auto& all = tl::parameters<Net, T>::tensors();
  for (int t = 0; t < all.length(); ++t)
    for (int i = 0; i < all[t].dims.count(); ++i)
      theta.set(t, i, static_cast<T>(space::hashed(t, i) / 2 +
                                     all[t].name.view().ends_with("running_var")));
  const auto own = tl::fold(theta);
  std::array<T, static_cast<std::size_t>(tl::input_size<Net>)> x{};
  for (std::size_t i = 0; i < x.size(); ++i)
    x[i] = static_cast<T>(space::hashed(77, static_cast<int>(i)));
  const auto y = tl::forward<Net>(theta, x), z = tl::forward<tl::folded<Net>>(own, x);
  for (std::size_t i = 0; i < y.size(); ++i) {
    INFO(i);
    CHECK(std::abs(y[i] - z[i]) <= tolerance * (1 + std::abs(y[i])));
  }
}

}  // namespace

TEST_CASE("a folded network has no normalisation") {
  const auto& g = tl::declared<tl::folded<net>>;
  for (const tl::tensor& t : g.tensors)
    CHECK(t.name.view().find("running") == std::string_view::npos);
  CHECK(g.node_count == tl::declared<bare>.node_count);
  CHECK(tl::parameters<tl::folded<net>>::scalar_count == tl::parameters<bare>::scalar_count);
}

TEST_CASE("a folded network computes the same") {
  check<net, float>(1e-5);
  check<net, double>(1e-12);
}

TEST_CASE("normalisations behind anything but a layer stay") {
  int left = 0;
  for (const tl::tensor& t : tl::declared<tl::folded<beside>>.tensors)
    left += t.name.view().ends_with("running_mean");
  CHECK(left == 4);
  check<beside, double>(1e-12);
}
