// expect: Tapeless: a dropout probability is at least 0 and below 1
// within: 20
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
constexpr double dropout = 10;
#else
constexpr double dropout = 0.1;
#endif
struct net : tl::sequential<tl::input<4, 12>, tl::transformer_encoder_layer<12, 2, 8, tl::transformer_settings{.dropout = dropout}>> {};

static_assert(tl::output_size<net> == 48);
