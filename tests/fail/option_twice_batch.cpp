// expect: Tapeless: batch<N> stands twice among the options of a call; give one
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::sequential<tl::input<2>, tl::dense<3>, tl::dense<2>> {};

#ifdef TAPELESS_FAIL
using trainer = tl::trainer<net, tl::mse, tl::sgd, tl::batch<4>, tl::batch<8>>;
#else
using trainer = tl::trainer<net, tl::mse, tl::sgd, tl::batch<4>>;
#endif
void run(trainer& t, const float* x) { t.step(x, x); }
