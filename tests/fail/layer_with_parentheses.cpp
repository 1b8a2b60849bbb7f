// expect: Tapeless: a layer is a type, without parentheses: tl::relu, not tl::relu()
// within: 20
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
struct net : tl::sequential<tl::input<2>, tl::dense<8>, tl::relu()> {};
#else
struct net : tl::sequential<tl::input<2>, tl::dense<8>, tl::relu> {};
#endif

static_assert(tl::output_size<net> == 8);
