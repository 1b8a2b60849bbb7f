// expect: Tapeless: an input is no layer; it stands first in a sequential, once
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
using branch = tl::input<2>;
#else
using branch = tl::dense<2>;
#endif
struct net : tl::sequential<tl::input<2>, tl::parallel_concat<tl::dense<3>, branch>> {};

static_assert(tl::output_size<net> == 5);
