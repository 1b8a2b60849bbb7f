// expect: Tapeless: the queries_at_once of an attention are at least 0, and need dropout 0
// within: 20
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
inline constexpr tl::attention_settings settings{.dropout = 0.1, .queries_at_once = 2};
#else
inline constexpr tl::attention_settings settings{.dropout = 0, .queries_at_once = 2};
#endif
struct net : tl::sequential<tl::input<4, 12>, tl::multi_head_attention<12, 4, settings>> {};

static_assert(tl::output_size<net> == 48);
