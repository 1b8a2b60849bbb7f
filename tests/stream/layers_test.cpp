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
    const tl::value greatest = m::maximum(m::window(m::pad(x, 1, 4, 0, -1e9), 1, 3, 1, 2), 2);
    const tl::value means = g.layer<tl::avg_pool1d<mean>>("mean", x);
    return m::concat(m::concat(greatest, means, 0), g.layer<tl::conv1d<2, causal(3)>>("a", x), 0);
  }
};

/// Rows of a table along time, and their neighbours; index 9 is no row.
struct embedded : tl::network<embedded> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{samples});
    const tl::value index = m::floor(x * tl::value{5.0} + tl::value{5.0});
    const tl::value rows = g.layer<tl::embedding<9, 4>>("table", index);
    const tl::value flags = m::one_hot(index, 9);
    const tl::value both = m::concat(rows, flags, 1);
    return g.layer<tl::conv1d<3, causal(3)>>("a", m::transpose(both));
  }
};

/// The loudest channel at every sample, and the quietest.
struct loudest : tl::network<loudest> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{2, samples});
    const tl::value z = g.layer<tl::conv1d<7, causal(3)>>("a", x);
    return m::concat(m::argmax(z, 0, true), m::argmin(z, 0, true), 0);
  }
};

}  // namespace

TEST_CASE("gates and groups") { lab<gated, tl::blocks<20, 1>>{}.check_all<20, 3>(); }
TEST_CASE("rows of a table") {
  lab<embedded, tl::blocks<20, 1>, tl::time_axis<0>>{}.check_all<20, 3>();
}
TEST_CASE("indices of channels") { lab<loudest, tl::blocks<20, 1>>{}.check_all<20, 3>(); }
TEST_CASE("pools") { lab<pooled, tl::blocks<20, 1>>{}.check_all<20>(); }
