// expect: Tapeless: a kernel, or the window of a pool, is larger than the input with its padding
// within: 20
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
using layer = tl::conv2d<4, tl::kernel{.size = 11, .padding = 1}>;
#else
using layer = tl::conv2d<4, tl::kernel{.size = 9, .padding = 1}>;
#endif
struct net : tl::sequential<tl::input<3, 8, 8>, layer> {};

static_assert(tl::output_size<net> == 16);
