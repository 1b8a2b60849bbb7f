// expect: Tapeless: the power of an lp_pool is a finite number above 0
// within: 20
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
using layer = tl::lp_pool2d<0, 2>;
#else
using layer = tl::lp_pool2d<2, 2>;
#endif
struct net : tl::sequential<tl::input<2, 4, 4>, layer> {};

static_assert(tl::output_size<net> == 8);
