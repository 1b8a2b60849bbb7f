// expect: Tapeless: the scalars of a network are float or double
// within: 20
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::sequential<tl::input<2>, tl::dense<8>> {};

#ifdef TAPELESS_FAIL
const auto theta = tl::init<net, tl::as_declared, int>(tl::seed{1});
#else
const auto theta = tl::init<net, tl::as_declared, double>(tl::seed{1});
#endif
