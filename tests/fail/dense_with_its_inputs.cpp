// expect: Tapeless: a dense layer is told its outputs alone, tl::dense<8>, and infers its inputs;
// within: 20
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
struct net : tl::sequential<tl::input<2>, tl::dense<2, 8>, tl::relu> {};
#else
struct net : tl::sequential<tl::input<2>, tl::dense<8, tl::bias::off>, tl::relu> {};
#endif

static_assert(tl::output_size<net> == 8);
