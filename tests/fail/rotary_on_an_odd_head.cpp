// expect: Tapeless: rotary positions turn pairs of features; the width of a head must be even
// within: 20
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
constexpr int heads = 4;
#else
constexpr int heads = 3;
#endif
struct net : tl::sequential<tl::input<4, 12>, tl::multi_head_attention<12, heads, tl::attention_settings{.positions = tl::rotary::half_split}>> {};

static_assert(tl::output_size<net> == 48);
