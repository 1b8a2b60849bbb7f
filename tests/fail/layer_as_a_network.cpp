// expect: Tapeless: this type is no network
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::sequential<tl::input<2>, tl::dense<3>, tl::dense<2>> {};

#ifdef TAPELESS_FAIL
using trained = tl::dense<3>;
#else
using trained = net;
#endif
using trainer = tl::trainer<trained, tl::mse, tl::sgd>;
void run(trainer& t, const float* x) { t.step(x, x); }
