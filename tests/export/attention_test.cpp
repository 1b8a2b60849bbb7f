// The export law for transformers.

#include <export/c_law.hpp>

namespace {

namespace tl = tapeless;

struct encoder
    : tl::sequential<tl::input<5, 8>, tl::sinusoidal_positions<>,
                     tl::transformer_encoder_layer<
                         8, 2, 6,
                         tl::transformer_settings{
                             .norm_first = true,
                             .attention = {.causal = true, .positions = tl::rotary::interleaved}},
                         tl::gelu>,
                     tl::dense_per_step<3>> {};

/// Sines and cosines are those of the C library.
struct angles : tl::network<angles> {
  static consteval tl::value define(tl::graph& g) {
    const auto x = g.input("x", tl::shape{6}) * g.parameter("w", tl::shape{6});
    return tl::math::sin(x) + tl::math::cos(x * 50.0) * tl::math::tan(x * 0.25);
  }
};

}  // namespace

TEST_CASE("exported transformers, sines and cosines") {
  c_export::law law;
  law.training<float, angles, tl::mse, tl::sgd, tl::batch<2>>();
  law.forward<double, encoder, tl::batch<2>>();
  law.check();
}
