// Layers that a stream knows: gates, groups, pools, joins.

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

}  // namespace

TEST_CASE("gates and groups") { lab<gated, tl::blocks<20, 1>>{}.check_all<20, 3>(); }
TEST_CASE("pools") { lab<pooled, tl::blocks<20, 1>>{}.check_all<20>(); }
