// The export law for layers over space, whose running statistics the steps of the C file follow.

#include <export/c_law.hpp>

namespace {

namespace tl = tapeless;

constexpr tl::kernel around{.size = 3, .stride = 2, .padding = 1};
struct space
    : tl::sequential<tl::input<2, 5, 6>,
                     tl::conv2d<5, tl::kernel{.size = 3, .padding = 1}, tl::bias::off>,
                     tl::batch_norm<>, tl::tanh, tl::max_pool2d<around>,
                     tl::depthwise_conv2d<around>, tl::global_avg_pool> {};
struct sequence
    : tl::sequential<tl::input<4, 7>, tl::conv_transpose1d<3, tl::kernel{.size = 3, .stride = 2}>,
                     tl::group_norm<3>, tl::avg_pool1d<around>> {};

}  // namespace

TEST_CASE("exported convolutions, pools and norms") {
  c_export::law law;
  law.training<double, space, tl::mse, tl::adam, tl::batch<3>>();
  law.forward<float, sequence, tl::batch<2>>();
  law.check();
}
