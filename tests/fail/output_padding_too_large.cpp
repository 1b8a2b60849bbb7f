// expect: Tapeless: an output_padding is at least 0 and smaller than the stride or the dilation
// within: 20
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
using layer = tl::conv_transpose2d<4, tl::kernel{.size = 3, .stride = 2, .output_padding = 2}>;
#else
using layer = tl::conv_transpose2d<4, tl::kernel{.size = 3, .stride = 2, .output_padding = 1}>;
#endif
struct net : tl::sequential<tl::input<3, 8, 8>, layer> {};

static_assert(tl::output_size<net> == 1296);
