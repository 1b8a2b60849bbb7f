// expect: Tapeless: this layer takes several values, such as x and a memory; give it them in a define: g.layer<L>("name", x, memory)
// within: 20
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
using layer = tl::transformer_decoder_layer<12, 2, 8>;
#else
using layer = tl::transformer_encoder_layer<12, 2, 8>;
#endif
struct net : tl::sequential<tl::input<4, 12>, layer> {};

static_assert(tl::output_size<net> == 48);
