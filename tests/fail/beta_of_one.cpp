// expect: Tapeless: the betas of adam are from 0 to below 1
// within: 20
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::sequential<tl::input<2>, tl::dense<3>> {};
#ifdef TAPELESS_FAIL
using optimizer = tl::adam_with<tl::adam_settings{.beta1 = 1}>;
#else
using optimizer = tl::adam_with<tl::adam_settings{.beta1 = 0}>;
#endif
using trainer = tl::trainer<net, tl::mse, optimizer>;
float run(trainer& t, const float* x, const float* y) { return t.step(x, y); }
