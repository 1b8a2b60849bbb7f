// expect: Tapeless: a pool has no groups and no output_padding
// expect: Tapeless: an output_padding is of transposed convolutions alone
// expect: Tapeless: counts_padding is of average pools alone
// expect: Tapeless: the groups of a depthwise convolution are its channels
// expect: Tapeless: an average pool has no dilation
// expect: Tapeless: a transposed convolution takes its padding as numbers
// expect: Tapeless: a convolution has at least one group
// expect: Tapeless: a convolution has at least one output channel
// expect: Tapeless: an adaptive pool has at least one part along each axis
// expect: Tapeless: a layer over one axis has a width alone; different paddings on its two sides are {0, 0, left, right}
// expect: Tapeless: upsample multiplies extents by at least 1
// expect: Tapeless: pixel_unshuffle takes a factor of at least 1
// expect: Tapeless: layer_norm works over at least one axis
// expect: Tapeless: group_norm has at least one group
// expect: Tapeless: the epsilon of a normalisation is at least 0
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
constexpr int wrong = 1;
#else
constexpr int wrong = 0;
#endif

constexpr tl::padding_mode zeros = tl::padding_mode::zeros;
constexpr tl::paddings padding = wrong != 0 ? tl::padding::same : tl::padding::valid;

template <class Layer>
struct net : tl::sequential<tl::input<3, 8, 8>, Layer> {};
template <class Layer>
struct sequence : tl::sequential<tl::input<3, 8>, Layer> {};
template <class... Layers>
constexpr bool are_fine = (... && (tl::output_size<net<Layers>> > 0));

static_assert(
    are_fine<tl::max_pool2d<tl::kernel{.size = 2, .groups = 1 + wrong}>,
             tl::conv2d<3, tl::kernel{.size = 3, .mode = zeros, .output_padding = wrong}>,
             tl::conv2d<3, tl::kernel{.size = 2, .counts_padding = wrong == 0}>,
             tl::depthwise_conv2d<tl::kernel{.size = 3, .groups = 1 + 2 * wrong}>,
             tl::avg_pool2d<tl::kernel{.size = 2, .dilation = 1 + wrong}>,
             tl::conv_transpose2d<3, tl::kernel{.size = 3, .padding = padding}>,
             tl::conv2d<3, tl::kernel{.size = 3, .groups = 1 - wrong}>,
             tl::conv2d<3 - 3 * wrong, 3>, tl::adaptive_avg_pool2d<2 - 2 * wrong>,
             tl::upsample<1 - wrong>, tl::pixel_unshuffle<1 - wrong>, tl::layer_norm<1 - wrong>,
             tl::group_norm<1 - wrong>, tl::layer_norm<1, 1e-5 - wrong>>);
static_assert(tl::output_size<sequence<tl::conv1d<3, tl::kernel{.size = 3, .padding = {wrong, 2}}>>> == 30);
