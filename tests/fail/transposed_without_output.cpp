// expect: Tapeless: the padding of a transposed convolution leaves no output
// within: 20
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
using layer = tl::conv_transpose2d<4, tl::kernel{.size = 3, .padding = {1, 2}}>;
#else
using layer = tl::conv_transpose2d<4, tl::kernel{.size = 3, .padding = {1, 0}}>;
#endif
struct net : tl::sequential<tl::input<3, 1, 1>, layer> {};

static_assert(tl::output_size<net> == 12);
