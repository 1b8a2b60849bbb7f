// expect: Tapeless: the scalars of a network are float or double
// within: 20
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::sequential<tl::input<2>, tl::dense<8>> {};

#ifdef TAPELESS_FAIL
tl::parameters<net, int> theta;
#else
tl::parameters<net, double> theta;
#endif
