// expect: Tapeless: two values of an elementwise operation have shapes that do not broadcast to each other
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
struct net : tl::sequential<tl::input<8>, tl::residual<tl::dense<16>, tl::relu>> {};
#else
struct net : tl::sequential<tl::input<8>, tl::residual<tl::dense<8>, tl::relu>> {};
#endif

static_assert(tl::output_size<net> == 8);
