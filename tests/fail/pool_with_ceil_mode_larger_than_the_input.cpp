// expect: Tapeless: a kernel, or the window of a pool, is larger than the input with its padding
// within: 20
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
using layer = tl::max_pool1d<tl::kernel{.size = 5, .stride = 2, .ceil_mode = true}>;
#else
using layer = tl::max_pool1d<tl::kernel{.size = 4, .stride = 2, .ceil_mode = true}>;
#endif
struct net : tl::sequential<tl::input<2, 3>, layer> {};

static_assert(tl::output_size<net> == 2);
