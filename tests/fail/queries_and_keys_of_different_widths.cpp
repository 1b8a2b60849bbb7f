// expect: Tapeless: the queries and the keys of an attention have different widths, or the input of its layer another width than the layer
// within: 20
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
constexpr int width = 8;
#else
constexpr int width = 12;
#endif
struct net : tl::sequential<tl::input<4, 12>, tl::multi_head_attention<width, 2>> {};

static_assert(tl::output_size<net> == 48);
