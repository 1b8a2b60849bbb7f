// expect: Tapeless: all parameters that a parameter_group names belong to a group before it, or are
// frozen
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::sequential<tl::input<2>, tl::dense<3>, tl::dense<2>> {};

using group = tl::parameter_group<tl::group_settings{.learning_rate_factor = 0.1}, "0">;
#ifdef TAPELESS_FAIL
using frozen = tl::frozen_paths<"0">;
#else
using frozen = tl::frozen_paths<"0.bias">;
#endif
using trainer = tl::trainer<net, tl::mse, tl::sgd, group, frozen>;
void run(trainer& t, const float* x) { t.step(x, x); }
