// expect: Tapeless: the input of a network inside another has another shape than the value that it
// gets there
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
struct inner : tl::sequential<tl::input<5>, tl::dense<1>> {};
#else
struct inner : tl::sequential<tl::input<3>, tl::dense<1>> {};
#endif
struct net : tl::sequential<tl::input<2>, tl::dense<3>, inner> {};

static_assert(tl::input_size<net> == 2);
