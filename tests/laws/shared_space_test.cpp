// Networks over space by kernels whose sizes are run-time numbers: padding, joins and copies are
// moved by the function that all of them share.

#include <laws/space_law.hpp>

namespace {

namespace tl = tapeless;
using tl::kernel;

using shared = tl::expand_as<tl::expansion::shared>;

constexpr kernel three{.size = 3, .padding = 1};
constexpr kernel halving{.size = 3, .stride = 2, .padding = 1};

/// A value that two convolutions of other strides see, padded, and a join.
struct joined : tl::network<joined> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{2, 8, 8});
    const tl::value a = tl::math::relu(g.layer<tl::conv2d<5, three>>("a", x));
    const tl::value b = tl::math::tanh(g.layer<tl::conv2d<17, halving>>("b", a));
    const tl::value c = g.layer<tl::conv_transpose2d<5, kernel{.size = 2, .stride = 2}>>("c", b);
    return g.layer<tl::conv2d<3, three>>("d", tl::math::concat(a, c, 0));
  }
};
/// Copies of elements around a value, and over one axis.
struct replicated : tl::sequential<tl::input<2, 5, 7>,
                                   tl::pad2d<tl::paddings{1, 2, 0, 1}, tl::padding_mode::replicate>,
                                   tl::conv2d<6, 3>, tl::upsample<2>, tl::conv2d<3, three>> {};
struct sequence : tl::sequential<tl::input<3, 11>,
                                 tl::conv1d<8, kernel{.size = 4, .padding = tl::padding::causal}>,
                                 tl::batch_norm<>, tl::tanh, tl::avg_pool1d<three>> {};

}  // namespace

TEST_CASE("moved padding and joins") {
  laws::check_gradients<joined, 3, shared>();
  laws::check_gradients<joined, 9, shared, tl::lanes_over<tl::lane_axis::samples>>();
}
TEST_CASE("moved copies of elements") { laws::check_gradients<replicated, 2, shared>(); }
TEST_CASE("moved padding of one axis") {
  laws::check_gradients<sequence, 4, shared>();
  laws::check_gradients<sequence, 9, shared, tl::lanes_over<tl::lane_axis::samples>>();
}
