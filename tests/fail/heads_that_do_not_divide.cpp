// expect: Tapeless: the heads of an attention must divide its width: tl::multi_head_attention<width, heads>
// within: 20
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
using layer = tl::multi_head_attention<12, 5>;
#else
using layer = tl::multi_head_attention<12, 4>;
#endif
struct net : tl::sequential<tl::input<4, 12>, layer> {};

static_assert(tl::output_size<net> == 48);
