// expect: Tapeless: what follows the kernel of a convolution is tl::bias::off or nothing; stride and padding stand in the kernel: tl::kernel{.size = 3, .stride = 2}
// within: 20
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
using layer = tl::conv2d<4, 3, 2>;
#else
using layer = tl::conv2d<4, tl::kernel{.size = 3, .stride = 2}, tl::bias::off>;
#endif
struct net : tl::sequential<tl::input<3, 8, 8>, layer> {};

static_assert(tl::output_size<net> == 36);
