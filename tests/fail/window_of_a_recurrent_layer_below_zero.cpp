// expect: Tapeless: the window of a recurrent layer is a number of steps
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
constexpr int window = -1;
#else
constexpr int window = 0;
#endif
struct net
    : tl::sequential<tl::input<4, 3>, tl::gru<5, tl::recurrent{.window = window}>, tl::flatten> {};

static_assert(tl::output_size<net> > 0);
