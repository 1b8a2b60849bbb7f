// expect: Tapeless: a dropout probability is at least 0 and below 1; 30 percent are tl::dropout<0.3>
// within: 20
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
struct net : tl::sequential<tl::input<2>, tl::dense<8>, tl::dropout<30>, tl::dense<1>> {};
#else
struct net : tl::sequential<tl::input<2>, tl::dense<8>, tl::dropout<0.3>, tl::dense<1>> {};
#endif

static_assert(tl::output_size<net> == 1);
