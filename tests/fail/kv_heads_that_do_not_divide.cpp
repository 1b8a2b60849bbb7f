// expect: Tapeless: the heads of keys and values must divide those of the queries
// within: 20
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
constexpr int kv_heads = 4;
#else
constexpr int kv_heads = 3;
#endif
struct net : tl::sequential<tl::input<4, 12>, tl::multi_head_attention<12, 6, tl::attention_settings{.kv_heads = kv_heads}>> {};

static_assert(tl::output_size<net> == 48);
