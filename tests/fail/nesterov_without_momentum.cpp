// expect: Tapeless: nesterov needs a momentum
// within: 20
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::sequential<tl::input<2>, tl::dense<3>> {};
#ifdef TAPELESS_FAIL
using optimizer = tl::sgd_with<tl::sgd_settings{.nesterov = true}>;
#else
using optimizer = tl::sgd_with<tl::sgd_settings{.momentum = 0.9, .nesterov = true}>;
#endif
using trainer = tl::trainer<net, tl::mse, optimizer>;
float run(trainer& t, const float* x, const float* y) { return t.step(x, y); }
