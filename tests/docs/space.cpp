// Snippets of docs/space.md; they are compiled, not run.
#include <tapeless/host.hpp>

namespace tl = tapeless;

namespace {

struct net
    : tl::sequential<tl::input<3, 32, 32>,
                     tl::conv2d<16, tl::kernel{.size = 3, .padding = 1}, tl::bias::off>,
                     tl::batch_norm<>, tl::relu, tl::max_pool2d<2>,
                     tl::depthwise_conv2d<tl::kernel{.size = 3, .stride = 2, .padding = 1}>,
                     tl::conv2d<32, 1>, tl::relu, tl::global_avg_pool, tl::dense<10>> {};
static_assert(tl::output_size<net> == 10);

struct sound : tl::sequential<tl::input<1, 64>,
                              tl::conv1d<8, tl::kernel{.size = 3, .dilation = 2, .padding = tl::padding::causal}>,
                              tl::relu, tl::avg_pool1d<4>, tl::flatten, tl::dense<2>> {};
static_assert(tl::output_size<sound> == 2);

struct small_unet : tl::network<small_unet> {
  static consteval tl::value define(tl::graph& g) {
    constexpr tl::kernel same{.size = 3, .padding = 1};
    tl::value x = g.input("x", tl::shape{1, 16, 16});
    tl::value a = tl::math::relu(g.layer<tl::conv2d<8, same>>("down", x));
    tl::value b = tl::math::relu(g.layer<tl::conv2d<16, same>>("deep", g.layer<tl::max_pool2d<2>>("pool", a)));
    tl::value c = g.layer<tl::conv_transpose2d<8, tl::kernel{.size = 2, .stride = 2}>>("up", b);
    return g.layer<tl::conv2d<1, 1>>("head", tl::math::concat(a, c, 0));
  }
};
static_assert(tl::output_shape<small_unet> == tl::shape{1, 16, 16});

struct padded : tl::sequential<tl::input<3, 8, 8>, tl::pad2d<2, tl::padding_mode::reflect>, tl::conv2d<8, 5>,
                               tl::prelu_with<tl::prelu_settings{.per_channel = true}>,
                               tl::conv2d<16, 1>, tl::glu<0>> {};  // {8, 8, 8}
static_assert(tl::output_shape<padded> == tl::shape{8, 8, 8});

// A sum of each three neighbours, every second of them, zeros outside.
struct sums : tl::network<sums> {
  static consteval tl::value define(tl::graph& g) {
    tl::value x = g.input("x", tl::shape{9});
    tl::value w = tl::math::window(x, 0, 3, 2, 1, 1, 1);  // axis, taps, stride, dilation, before, after: {5, 3}
    return tl::math::sum(w, 1);
  }
};
static_assert(tl::output_size<sums> == 5);

[[maybe_unused]] void statistics() {
  auto theta = tl::init<net>(tl::seed{1});
  theta.view<"1.running_mean">()(0) = 0.25f;
  tl::save<net>("net.safetensors", theta);  // "0.weight", "1.weight", "1.bias", "1.running_mean", "1.running_var", ...
  tl::load<net>("torch.safetensors", theta);
}

[[maybe_unused]] float folds(const tl::parameters<net>& theta) {
  const tl::parameters<tl::folded<net>> small = tl::fold(theta);
  return small.get(0, 0);
}

}  // namespace
