// expect: Tapeless: two networks have a parameter of one path in two shapes; name the part
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct a : tl::sequential<tl::input<2>, tl::dense<3>, tl::relu, tl::dense<2>> {};
#ifdef TAPELESS_FAIL
struct b : tl::sequential<tl::input<2>, tl::dense<3>, tl::relu, tl::dense<4>> {};
#else
struct b : tl::sequential<tl::input<2>, tl::dense<3>, tl::tanh, tl::dense<2>> {};
#endif

int run(const tl::parameters<a>& from, tl::parameters<b>& to) { return tl::polyak_update(from, to, 0.5); }
