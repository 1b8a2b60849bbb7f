// expect: Tapeless: a padding layer has no kernel that 'same' or 'causal' could follow; it is told numbers of elements
// within: 20
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
using layer = tl::pad2d<tl::padding::same>;
#else
using layer = tl::pad2d<tl::paddings{0, 1, 0, 1}>;
#endif
struct net : tl::sequential<tl::input<2, 4, 4>, layer> {};

static_assert(tl::output_size<net> == 50);
