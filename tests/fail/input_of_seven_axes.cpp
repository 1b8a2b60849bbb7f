// expect: Tapeless: an input has at most six axes
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
struct net : tl::sequential<tl::input<2, 2, 2, 2, 2, 1, 1>, tl::flatten> {};
#else
struct net : tl::sequential<tl::input<2, 2, 2, 2, 1, 1>, tl::flatten> {};
#endif

static_assert(tl::output_size<net> == 16);
