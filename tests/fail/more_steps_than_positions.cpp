// expect: Tapeless: a sequence has more steps than its layer has learnt positions
// within: 20
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
constexpr int positions = 3;
#else
constexpr int positions = 4;
#endif
struct net : tl::sequential<tl::input<4, 12>, tl::learnt_positions<positions>> {};

static_assert(tl::output_size<net> == 48);
