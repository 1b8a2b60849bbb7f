// expect: Tapeless: an axis is out of range for the shape it is applied to
// within: 20
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
using layer = tl::glu<2>;
#else
using layer = tl::glu<-2>;
#endif
struct net : tl::sequential<tl::input<4, 3>, layer> {};

static_assert(tl::output_size<net> == 6);
