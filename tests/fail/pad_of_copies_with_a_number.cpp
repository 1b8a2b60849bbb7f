// expect: Tapeless: a padding by copies of elements has no number
// within: 20
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
using layer = tl::pad1d<1, tl::padding_mode::reflect, 2>;
#else
using layer = tl::pad1d<1, tl::padding_mode::zeros, 2>;
#endif
struct net : tl::sequential<tl::input<2, 4>, layer> {};

static_assert(tl::output_size<net> == 12);
