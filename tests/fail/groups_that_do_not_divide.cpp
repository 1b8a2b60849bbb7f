// expect: Tapeless: the groups of a convolution or normalisation must divide its channels, of the input and of the output
// within: 20
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
using layer = tl::conv2d<4, tl::kernel{.size = 3, .groups = 2}>;
#else
using layer = tl::conv2d<6, tl::kernel{.size = 3, .groups = 3}>;
#endif
struct net : tl::sequential<tl::input<3, 8, 8>, layer> {};

static_assert(tl::output_size<net> == 216);
