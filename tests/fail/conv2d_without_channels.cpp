// expect: Tapeless: this layer needs an input of channels and one or two axes of space, such as tl::input<3, 32, 32>
// within: 20
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
using layer = tl::conv2d<4, 3>;
#else
using layer = tl::conv1d<4, 3>;
#endif
struct net : tl::sequential<tl::input<8, 8>, layer> {};

static_assert(tl::output_size<net> == 24);
