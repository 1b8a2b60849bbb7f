// expect: Tapeless: a recurrent layer takes a sequence of vectors, {steps, features}
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
struct net : tl::sequential<tl::input<6>, tl::state_space<4>> {};
#else
struct net : tl::sequential<tl::input<6, 2>, tl::state_space<4>> {};
#endif

static_assert(tl::output_size<net> > 0);
