// expect: Tapeless: this layer needs an input of channels and one or two axes of space, such as tl::input<3, 32, 32>
// within: 20
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
using layer = tl::pad2d<1>;
#else
using layer = tl::pad1d<1>;
#endif
struct net : tl::sequential<tl::input<2, 4>, layer> {};

static_assert(tl::output_size<net> == 12);
