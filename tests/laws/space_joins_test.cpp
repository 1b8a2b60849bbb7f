// Values that several windows and joins take: skip connections, branches, paddings of several sizes.

#include <laws/space_law.hpp>

namespace {

namespace tl = tapeless;
namespace math = tl::math;
using tl::kernel;

constexpr kernel three{.size = 3, .padding = 1};
constexpr kernel halving{.size = 3, .stride = 2, .padding = 1};

/// Layers under a name.
template <tl::fixed_string Name, class... Layers>
consteval tl::value named(tl::graph& g, tl::value x) {
  return tl::sequential<tl::named<Name, tl::sequential<Layers...>>>::lower(g, x);
}

/// A small U-Net.
struct skips : tl::network<skips> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{2, 8, 8});
    const tl::value a = named<"a", tl::conv2d<5, three>, tl::relu>(g, x);
    const tl::value b = named<"b", tl::conv2d<7, halving>, tl::batch_norm<>, tl::relu>(g, a);
    const tl::value c = named<"c", tl::upsample<2>, tl::conv2d<5, three>, tl::relu>(g, b);
    return named<"d", tl::conv2d<3, three>, tl::tanh>(g, math::concat(a, c, 0));
  }
};

/// Windows of three sizes over one value, and the value itself.
struct branches : tl::network<branches> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{3, 6, 7});
    const tl::value a = named<"a", tl::conv2d<4, three>, tl::relu>(g, x);
    const tl::value b = named<"b", tl::conv2d<4, three>>(g, a);
    const tl::value c = named<"c", tl::conv2d<4, kernel{.size = 5, .padding = 2}>>(g, a);
    const tl::value d = tl::lower_layer<tl::max_pool2d<kernel{.size = 3, .stride = 1, .padding = 1}>>(g, a);
    const tl::value all = math::concat({b, c, d, a}, 0);
    return named<"y", tl::conv2d<3, kernel{.size = 3, .stride = 2}>>(g, all);
  }
};

/// Copies around a value, slopes that are learnt, gates, and windows that reach beyond the padding.
struct gates
    : tl::sequential<tl::input<2, 5, 7>, tl::pad2d<tl::paddings{1, 2, 0, 1}, tl::padding_mode::replicate>,
                     tl::conv2d<6, 3>, tl::prelu_with<tl::prelu_settings{.per_channel = true}>,
                     tl::conv2d<8, 1>, tl::glu<0>,
                     tl::avg_pool2d<kernel{.size = {3, 2}, .stride = 2, .counts_padding = false,
                                           .ceil_mode = true}>,
                     tl::prelu, tl::flatten, tl::dense<4>, tl::glu<>> {};

}  // namespace

TEST_CASE("skip connections") { laws::check_gradients<skips, 3>(); }
TEST_CASE("skip connections, samples as lanes") {
  laws::check_gradients<skips, 9, tl::lanes_over<tl::lane_axis::samples>>();
}
TEST_CASE("branches") { laws::check_gradients<branches, 2>(); }
TEST_CASE("gates") { laws::check_gradients<gates, 3>(); }
