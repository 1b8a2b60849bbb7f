// expect: Tapeless: this layer needs an input of steps and features, such as tl::input<16, 64>
// within: 20
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
using input = tl::input<12>;
#else
using input = tl::input<4, 12>;
#endif
struct net : tl::sequential<input, tl::transformer_encoder_layer<12, 2, 8>> {};

static_assert(tl::output_size<net> == 48);
