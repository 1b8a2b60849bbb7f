// expect: Tapeless: a stride is at least 1
// within: 20
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
using layer = tl::max_pool2d<tl::kernel{.size = 2, .stride = {2, 0}}>;
#else
using layer = tl::max_pool2d<tl::kernel{.size = 2, .stride = {2, 1}}>;
#endif
struct net : tl::sequential<tl::input<3, 8, 8>, layer> {};

static_assert(tl::output_size<net> == 84);
