// expect: this controller may have 100 parameters
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
struct net : tl::sequential<tl::input<8>, tl::dense<16>, tl::relu, tl::dense<1>> {};
#else
struct net : tl::sequential<tl::input<8>, tl::dense<8>, tl::relu, tl::dense<1>> {};
#endif

static_assert(tl::cost<net>.parameters <= 100, "this controller may have 100 parameters");
