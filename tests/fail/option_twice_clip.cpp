// expect: Tapeless: clip_by_norm<L> stands twice among the options of a call; give one
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::sequential<tl::input<2>, tl::dense<3>, tl::dense<2>> {};

#ifdef TAPELESS_FAIL
using trainer = tl::trainer<net, tl::mse, tl::sgd, tl::clip_by_norm<1.0>, tl::clip_by_norm<2.0>>;
#else
using trainer = tl::trainer<net, tl::mse, tl::sgd, tl::clip_by_norm<1.0>, tl::clip_by_value<2.0>>;
#endif
void run(trainer& t, const float* x) { t.step(x, x); }
