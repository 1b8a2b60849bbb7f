// expect: Tapeless: two parameters of this network have the same path
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
struct net : tl::sequential<tl::input<4>, tl::named<"fc", tl::dense<4>>, tl::named<"fc", tl::dense<4>>> {};
#else
struct net : tl::sequential<tl::input<4>, tl::named<"fc1", tl::dense<4>>, tl::named<"fc2", tl::dense<4>>> {};
#endif

static_assert(tl::output_size<net> == 4);
