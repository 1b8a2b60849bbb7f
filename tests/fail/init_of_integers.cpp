// expect: Tapeless: the second argument of init is a scheme, such as tl::he_normal; the scalar type is the third
// within: 20
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::sequential<tl::input<2>, tl::dense<8>> {};

#ifdef TAPELESS_FAIL
const auto theta = tl::init<net, int>(tl::seed{1});
#else
const auto theta = tl::init<net, tl::he_normal>(tl::seed{1});
#endif
