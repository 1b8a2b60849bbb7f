// expect: Tapeless: ceil_mode is of pools alone
// within: 20
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
using layer = tl::conv2d<4, tl::kernel{.size = 3, .ceil_mode = true}>;
#else
using layer = tl::max_pool2d<tl::kernel{.size = 3, .ceil_mode = true}>;
#endif
struct net : tl::sequential<tl::input<3, 8, 8>, layer> {};

static_assert(tl::output_size<net> == 27);
