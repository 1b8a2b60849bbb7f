// expect: Tapeless: a network has at least an input,
// within: 20
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
struct net : tl::sequential<> {};
#else
struct net : tl::sequential<tl::input<2>> {};
#endif

static_assert(tl::output_size<net> == 2);
