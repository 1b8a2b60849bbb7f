// expect: Tapeless: the first layer of a network is its input, such as tl::input<16>
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
struct net : tl::sequential<tl::dense<8>, tl::relu> {};
#else
struct net : tl::sequential<tl::input<2>, tl::dense<8>, tl::relu> {};
#endif

static_assert(tl::output_size<net> == 8);
