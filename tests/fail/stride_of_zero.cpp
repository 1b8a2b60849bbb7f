// expect: Tapeless: a stride is at least 1
// within: 20
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
using layer = tl::conv2d<4, tl::kernel{.size = 3, .stride = 0}>;
#else
using layer = tl::conv2d<4, tl::kernel{.size = 3}>;
#endif
struct net : tl::sequential<tl::input<3, 8, 8>, layer> {};

static_assert(tl::output_size<net> == 144);
