// expect: Tapeless: all parameters that a parameter_group names belong to a group before it
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::sequential<tl::input<2>, tl::dense<3>, tl::dense<2>> {};

using wide = tl::parameter_group<tl::group_settings{.learning_rate_factor = 0.1}, "1">;
using narrow = tl::parameter_group<tl::group_settings{.learning_rate_factor = 0.5}, "1.bias">;
#ifdef TAPELESS_FAIL
using trainer = tl::trainer<net, tl::mse, tl::sgd, wide, narrow>;
#else
using trainer = tl::trainer<net, tl::mse, tl::sgd, narrow, wide>;
#endif
void run(trainer& t, const float* x) { t.step(x, x); }
