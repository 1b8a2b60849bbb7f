// expect: Tapeless: a reshape must keep the number of elements
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
struct net : tl::sequential<tl::input<12>, tl::reshape_to<3, 5>> {};
#else
struct net : tl::sequential<tl::input<12>, tl::reshape_to<3, 4>> {};
#endif

static_assert(tl::output_size<net> == 12);
