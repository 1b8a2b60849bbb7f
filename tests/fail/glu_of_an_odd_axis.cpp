// expect: Tapeless: a glu halves an axis, whose extent has to be even
// within: 20
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
using layer = tl::glu<>;
#else
using layer = tl::glu<0>;
#endif
struct net : tl::sequential<tl::input<4, 3>, layer> {};

static_assert(tl::output_size<net> == 6);
