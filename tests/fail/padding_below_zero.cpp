// expect: Tapeless: a padding is not negative
// within: 20
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
using layer = tl::conv2d<4, tl::kernel{.size = 3, .padding = {1, 1, 1, -1}}>;
#else
using layer = tl::conv2d<4, tl::kernel{.size = 3, .padding = {1, 1, 1, 0}}>;
#endif
struct net : tl::sequential<tl::input<3, 8, 8>, layer> {};

static_assert(tl::output_size<net> == 224);
