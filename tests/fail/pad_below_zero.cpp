// expect: Tapeless: a padding is not negative; tl::math::slice takes elements away
// within: 20
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
using layer = tl::pad2d<-1>;
#else
using layer = tl::pad2d<1>;
#endif
struct net : tl::sequential<tl::input<2, 4, 4>, layer> {};

static_assert(tl::output_size<net> == 72);
