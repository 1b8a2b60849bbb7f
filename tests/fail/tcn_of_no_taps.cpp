// expect: Tapeless: convolutions over time have a size, a dilation and a growth of at least 1
// within: 20
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
using layer = tl::tcn<0, 4, 4>;
#else
using layer = tl::tcn<2, 4, 4>;
#endif
struct net : tl::sequential<tl::input<2, 9>, layer> {};

static_assert(tl::output_size<net> == 36);
