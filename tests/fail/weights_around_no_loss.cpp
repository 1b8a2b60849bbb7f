// expect: Tapeless: sample_weights<Loss> stands around a loss
// within: 20
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::sequential<tl::input<2>, tl::dense<3>, tl::dense<2>> {};

#ifdef TAPELESS_FAIL
using loss = tl::sample_weights<tl::sgd>;
#else
using loss = tl::sample_weights<tl::mse>;
#endif
using trainer = tl::trainer<net, loss, tl::sgd>;
float run(trainer& t, const float* x, const float* y) { return t.step(x, y); }
