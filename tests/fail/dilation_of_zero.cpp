// expect: Tapeless: a dilation is at least 1
// within: 20
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
using layer = tl::conv1d<4, tl::kernel{.size = 3, .dilation = 0}>;
#else
using layer = tl::conv1d<4, tl::kernel{.size = 3, .dilation = 2}>;
#endif
struct net : tl::sequential<tl::input<3, 8>, layer> {};

static_assert(tl::output_size<net> == 16);
