// Other axes than time: before and behind it, summed, normalised, convolved.

#include <stream/stream_law.hpp>

namespace tl = tapeless;
namespace m = tl::math;
using stream_law::causal;
using stream_law::lab;

namespace {

constexpr int samples = 400;

/// Time first, products and norms over channels.
struct over_channels : tl::network<over_channels> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{samples, 5});
    const tl::value w = g.parameter("w", tl::shape{7, 5}), v = g.parameter("v", tl::shape{3, 7});
    tl::value h = tl::einsum(x, "ti", w, "oi", "to") + g.parameter("b", tl::shape{7});
    h = h - m::mean(h, 1, true);
    const tl::value p = m::softmax(h, 1);
    const tl::value late = m::transpose(
        g.layer<tl::conv1d<7, causal(2, 3)>>("a", m::transpose(m::softplus(h))));
    return tl::einsum(p * late, "to", v, "po", "tp") + m::log_sum_exp(h, 1, true);
  }
};

/// Two axes beside time: height is convolved as it likes.
struct picture : tl::network<picture> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{2, 4, samples});
    constexpr tl::kernel k{.size = 3, .padding = tl::paddings{1, 1, 2, 0}};
    const tl::value y = m::relu(g.layer<tl::conv2d<3, k>>("a", x));
    return g.layer<tl::conv1d<2, causal(2, 7)>>("b", m::reshape(y, tl::shape{12, samples}));
  }
};

}  // namespace

TEST_CASE("products over channels") {
  lab<over_channels, tl::blocks<16, 1>, tl::time_axis<0>>{}.check_all<16>();
}
TEST_CASE("two axes beside time") { lab<picture, tl::blocks<16, 1>>{}.check_all<16>(); }
