// Windows, values inside joins, weights of convolutions, normalisation over the batch, batches in
// pieces.

#include <mutation/probe.hpp>

namespace {

using namespace mutation;
namespace m = tl::math;
using tl::kernel;

/// A value that a border is put around and that is reshaped too; strides with residues.
struct borders : tl::network<borders> {
  static consteval tl::value define(tl::graph& g) {
    const auto x = g.input("x", tl::shape{2, 5, 6});
    const auto a = tl::sequential<tl::named<"a", tl::conv2d<4, kernel{.size = 3, .padding = 1}>>,
                                  tl::tanh>::lower(g, x);
    const auto b =
        tl::sequential<tl::named<"b", tl::conv2d<3, kernel{.size = 3, .stride = 2, .padding = 1}>>,
                       tl::tanh>::lower(g, a);
    const auto wide = tl::sequential<tl::named<
        "c", tl::conv_transpose2d<2, kernel{.size = 3, .stride = 2, .padding = 1}>>>::lower(g, b);
    const auto factor = g.parameter("f", tl::shape{120});
    return m::sum(m::flatten(a) * factor) * m::flatten(wide) + m::flatten(m::slice(x, 2, 0, 5));
  }
};
/// The same without a copy between: the value lies as it is reshaped.
struct bordered_rows : tl::network<bordered_rows> {
  static consteval tl::value define(tl::graph& g) {
    const auto x = g.input("x", tl::shape{2, 3, 4});
    const auto y = m::tanh(x * g.parameter("w", tl::shape{2, 3, 4}));
    const auto z = m::pad(y, 2, 1, 1);
    return m::flatten(z * 2.0)[0] * m::flatten(y) + m::sum(z);
  }
};
/// Two borders around one gradient.
struct means : tl::network<means> {
  static consteval tl::value define(tl::graph& g) {
    const auto x = g.input("x", tl::shape{3, 11});
    const auto y = m::tanh(x * g.parameter("w", tl::shape{3, 11}));
    return tl::avg_pool1d<kernel{.size = 4, .stride = 2, .padding = 1}>::lower(g, y);
  }
};
struct normalized : tl::network<normalized> {
  static consteval tl::value define(tl::graph& g) {
    const auto x = g.input("x", tl::shape{2, 3, 4});
    return tl::sequential<tl::conv2d<3, kernel{.size = 2, .padding = {0, 1, 1, 0}}>,
                          tl::batch_norm<2.0>, tl::tanh, tl::global_avg_pool>::lower(g, x);
  }
};
struct features : tl::network<features> {
  static consteval tl::value define(tl::graph& g) {
    const auto x = g.input("x", tl::shape{2, 5});
    return tl::sequential<tl::conv1d<3, kernel{.size = 2}>, tl::layer_norm<2>, tl::tanh>::lower(g,
                                                                                                x);
  }
};
/// Sums of samples along lanes, in tiles of rows that leave some.
struct taps
    : tl::sequential<tl::input<2, 8, 8>, tl::conv2d<6, 5>, tl::tanh, tl::flatten, tl::dense<3>> {};
/// Long sums of few results, in a plan of functions, over loops that cannot become one.
struct long_sums
    : tl::sequential<tl::input<13, 17>, tl::conv1d<128, kernel{.size = 9, .dilation = 2}>, tl::tanh,
                     tl::flatten, tl::dense<3>> {};

}  // namespace

int main() {
  probe<borders, tl::mse, tl::sgd, tl::batch<2>>::ask<steps | slopes>("borders");
  probe<bordered_rows, tl::mse, tl::sgd, tl::batch<1>>::ask<steps>("bordered rows");
  probe<means, tl::mse, tl::sgd, tl::batch<3>>::ask<gradients | slopes>("means");
  // Statistics of the batch: the loss of the batch is none of its samples' losses.
  probe<normalized, tl::mse, tl::sgd, tl::batch<4>>::ask<steps>("normalized");
  probe<features, tl::mse, tl::sgd, tl::batch<3>>::ask<gradients | slopes>("features");
  probe<taps, tl::mse, tl::sgd, tl::batch<16>, tl::lanes_over<tl::lane_axis::samples>>::ask<steps>(
      "taps");
  probe<features, tl::mse, tl::sgd, tl::batch<4>, tl::pieces_of<2>>::ask<steps | partial>("pieces",
                                                                                          3);
  probe<long_sums, tl::mse, tl::sgd, tl::batch<1>>::ask<steps>("long sums");
  return result();
}
