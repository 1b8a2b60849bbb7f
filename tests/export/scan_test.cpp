// The export law for scans and recurrent layers.

#include <export/c_law.hpp>

namespace {

namespace tl = tapeless;

struct short_lstm : tl::sequential<tl::input<4, 3>, tl::lstm<5>, tl::flatten> {};
struct both_ways
    : tl::sequential<tl::input<6, 2>,
                     tl::gru<4, tl::recurrent{.bidirectional = true, .yield = tl::yields::last}>,
                     tl::dense<3>> {};
struct in_pieces
    : tl::sequential<tl::input<7, 8>,
                     tl::multi_head_attention<
                         8, 2, tl::attention_settings{.causal = true, .queries_at_once = 3}>,
                     tl::flatten> {};
/// Truncated backpropagation asks at each step whether a window begins.
struct truncated
    : tl::sequential<tl::input<7, 2>, tl::rnn<3, tl::recurrent{.window = 3}>, tl::flatten> {};
struct remainders : tl::network<remainders> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{6}), w = g.parameter("w", tl::shape{6});
    const tl::value by = tl::math::square(w) + tl::value{0.375}, from = x * tl::value{3.0};
    return tl::math::fmod(from, by) + tl::math::floor_mod(from, -by) * w;
  }
};

}  // namespace

TEST_CASE("exported recurrent layers") {
  c_export::law law;
  law.training<double, short_lstm, tl::mse, tl::adam, tl::batch<3>>();
  law.training<double, both_ways, tl::mse, tl::sgd, tl::batch<9>,
               tl::lanes_over<tl::lane_axis::samples>>();
  law.forward<float, both_ways>();
  law.check();
}
TEST_CASE("exported attention in pieces") {
  c_export::law law;
  law.training<double, in_pieces, tl::mse, tl::sgd, tl::batch<3>>();
  law.forward<float, in_pieces>();
  law.check();
}
TEST_CASE("exported remainders, and windows of truncated backpropagation") {
  c_export::law law;
  law.training<double, truncated, tl::mse, tl::sgd, tl::batch<3>>();
  law.training<double, remainders, tl::mse, tl::sgd, tl::batch<5>>();
  law.forward<float, truncated>();
  law.forward<float, remainders>();
  law.check();
}
