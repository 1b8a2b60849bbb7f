// expect: Tapeless: a padding that reflects is smaller than the input, and one that is circular no larger
// within: 20
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
using layer = tl::pad1d<4, tl::padding_mode::reflect>;
#else
using layer = tl::pad1d<4, tl::padding_mode::circular>;
#endif
struct net : tl::sequential<tl::input<2, 4>, layer> {};

static_assert(tl::output_size<net> == 24);
