// expect: Tapeless: a wavenet has a size of at least 1 and at least one dilation, each at least 1: tl::wavenet<skip channels, size, dilations...>
// within: 20
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
using layer = tl::wavenet<4, 3, 1, 0>;
#else
using layer = tl::wavenet<4, 3, 1, 2>;
#endif
struct net : tl::sequential<tl::input<2, 9>, layer> {};

static_assert(tl::output_size<net> == 36);
