// expect: Tapeless: this network has no parameter of that path
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::sequential<tl::input<2>, tl::dense<3>, tl::dense<2>> {};

#ifdef TAPELESS_FAIL
using group = tl::parameter_group<tl::group_settings{.weight_decay = 0}, "encoder">;
#else
using group = tl::parameter_group<tl::group_settings{.weight_decay = 0}, "*.bias">;
#endif
using trainer = tl::trainer<net, tl::mse, tl::adamw, group>;
void run(trainer& t, const float* x) { t.step(x, x); }
