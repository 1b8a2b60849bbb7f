// expect: Tapeless: an option stands where the optimizer does: network, loss, optimizer, then
// options
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::sequential<tl::input<2>, tl::dense<3>, tl::dense<2>> {};

#ifdef TAPELESS_FAIL
using trainer = tl::trainer<net, tl::mse, tl::batch<8>>;
static_assert(sizeof(trainer) > 0);
#else
using trainer = tl::trainer<net, tl::mse, tl::sgd, tl::batch<8>>;
static_assert(sizeof(trainer) > 0);
#endif
