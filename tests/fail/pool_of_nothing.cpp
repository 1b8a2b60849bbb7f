// expect: Tapeless: a kernel, or the window of a pool, has a size of at least 1
// within: 20
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
using layer = tl::avg_pool2d<0>;
#else
using layer = tl::avg_pool2d<1>;
#endif
struct net : tl::sequential<tl::input<3, 8, 8>, layer> {};

static_assert(tl::output_size<net> == 192);
