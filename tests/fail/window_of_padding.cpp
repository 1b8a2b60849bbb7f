// expect: Tapeless: a window of a pool would lie in the padding alone; a padding is at most half of the size
// within: 20
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
using layer = tl::max_pool2d<tl::kernel{.size = 2, .padding = 2}>;
#else
using layer = tl::max_pool2d<tl::kernel{.size = 2, .padding = 1}>;
#endif
struct net : tl::sequential<tl::input<3, 8, 8>, layer> {};

static_assert(tl::output_size<net> == 75);
