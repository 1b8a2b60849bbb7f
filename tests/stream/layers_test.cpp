// Layers that a stream knows: groups, pools, gates, products and norms over channels, joins.

#include <stream/stream_law.hpp>

namespace tl = tapeless;
namespace m = tl::math;
using stream_law::causal;
using stream_law::lab;

namespace {

constexpr int samples = 400;

struct gated : tl::network<gated> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{2, samples});
    const tl::value z = g.layer<tl::conv1d<12, causal(3, 5)>>("a", x);
    const tl::value y = m::tanh(m::slice(z, 0, 0, 6)) * m::sigmoid(m::slice(z, 0, 6, 6));
    const tl::value d = g.layer<tl::depthwise_conv1d<causal(4)>>("b", y);
    constexpr tl::kernel grouped{.size = 2, .padding = tl::padding::causal, .groups = 3};
    return g.layer<tl::conv1d<3, grouped>>("c", m::concat(d, y, 0));
  }
};

/// Convolution and maximum see other numbers in front of the same value.
struct pooled : tl::network<pooled> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{3, samples}) - tl::value{2.0};
    constexpr tl::kernel mean{.size = 4, .stride = 1, .padding = tl::padding::causal};
    const tl::value greatest =
        m::maximum(m::window(m::pad(x, 1, 4, 0, -1e9), 1, 3, 1, 2), 2);
    const tl::value means = g.layer<tl::avg_pool1d<mean>>("mean", x);
    return m::concat(m::concat(greatest, means, 0), g.layer<tl::conv1d<2, causal(3)>>("a", x), 0);
  }
};

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

TEST_CASE("gates and groups") { lab<gated, tl::blocks<20, 1>>{}.check_all<20, 3>(); }
TEST_CASE("pools") { lab<pooled, tl::blocks<20, 1>>{}.check_all<20>(); }
TEST_CASE("products over channels") {
  lab<over_channels, tl::blocks<16, 1>, tl::time_axis<0>>{}.check_all<16>();
}
TEST_CASE("two axes beside time") { lab<picture, tl::blocks<16, 1>>{}.check_all<16>(); }
