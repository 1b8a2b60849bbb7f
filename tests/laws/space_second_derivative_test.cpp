// Gradients of gradients through windows, pools and normalisations, and windows over parameters.

#include <laws/space_law.hpp>

namespace {

namespace tl = tapeless;
namespace math = tl::math;
using tl::kernel;

/// The gradient of a number with respect to the input, as output.
struct input_gradient : tl::network<input_gradient> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{2, 7, 6});
    const tl::value y = tl::sequential<
        tl::conv2d<4, kernel{.size = 3, .stride = 2, .padding = 1}>, tl::tanh,
        tl::conv_transpose2d<3, kernel{.size = 3, .stride = 2}>>::lower(g, x);
    const tl::value means =
        tl::lower_layer<tl::avg_pool2d<kernel{.size = 2, .stride = 1}>>(g, math::square(y));
    const tl::value greatest =
        tl::lower_layer<tl::max_pool2d<kernel{.size = 3, .stride = 2}>>(g, y * y * y);
    const tl::value normal = tl::sequential<tl::named<"norm", tl::layer_norm<3>>>::lower(g, y);
    const tl::value s = math::sum(means) + math::sum(greatest) + math::sum(math::square(normal) * y);
    return math::flatten(tl::gradient(s, x));
  }
};

struct windows_of_parameters : tl::network<windows_of_parameters> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{3, 5});
    const tl::value w = g.parameter("w", tl::shape{3, 9});
    const tl::value u = math::window(w, 1, 5);
    const tl::value v =
        math::window(math::window(math::tanh(w), 1, 3, 2, 1, 2, 1), 0, 2, 1, 1, 1, 1);
    const tl::value q = math::window(x * math::slice(w, 1, 0, 5), 1, 2, 3, 2, 4, 5);
    const tl::value product = math::flatten(u * math::unsqueeze(x, 1));
    return math::concat({product, math::flatten(v) * math::sum(x), math::flatten(math::exp(q))});
  }
};

}  // namespace

TEST_CASE("a gradient within a network over space") { laws::check_gradients<input_gradient, 2>(); }
TEST_CASE("windows over parameters") {
  laws::check_gradients<windows_of_parameters, 2>();
  laws::check_gradients<windows_of_parameters, 9, tl::lanes_over<tl::lane_axis::samples>>();
}
