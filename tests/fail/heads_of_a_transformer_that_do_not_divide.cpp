// expect: Tapeless: the heads of an attention must divide its width: tl::multi_head_attention<width, heads>
// within: 20
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
using layer = tl::transformer_encoder_layer<12, 8, 16>;
#else
using layer = tl::transformer_encoder_layer<12, 6, 16>;
#endif
struct net : tl::sequential<tl::input<4, 12>, layer> {};

static_assert(tl::output_size<net> == 48);
