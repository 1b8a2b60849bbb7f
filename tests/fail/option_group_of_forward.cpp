// expect: Tapeless: parameter_group<settings, ...> is an option of trainer and compiled_trainer;
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::sequential<tl::input<2>, tl::dense<3>, tl::dense<2>> {};

#ifdef TAPELESS_FAIL
using option = tl::parameter_group<tl::group_settings{.weight_decay = 0}, "0">;
#else
using option = tl::batch<1>;
#endif
void run(const tl::parameters<net>& theta, const float* x, float* y) { tl::forward<net, option>(theta, x, y); }
