// expect: Tapeless: a sequential has an input behind its first layer; a network has one input
// there, or several by g.input in a define of its own
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
struct net : tl::sequential<tl::input<2>, tl::dense<3>, tl::input<5>, tl::dense<1>> {};
#else
struct net : tl::sequential<tl::input<2>, tl::dense<3>, tl::dense<1>> {};
#endif

static_assert(tl::input_size<net> == 2);
