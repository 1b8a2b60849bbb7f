// expect: Tapeless: a dense layer needs an input of rank 1; put a flatten layer before it
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
struct net : tl::sequential<tl::input<28, 28>, tl::dense<10>> {};
#else
struct net : tl::sequential<tl::input<28, 28>, tl::flatten, tl::dense<10>> {};
#endif

static_assert(tl::output_size<net> == 10);
