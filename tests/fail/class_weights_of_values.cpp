// expect: Tapeless: class_weights<Loss, ...> needs a loss over classes, such as cross_entropy;
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::sequential<tl::input<2>, tl::dense<3>> {};

#ifdef TAPELESS_FAIL
using loss = tl::class_weights<tl::mse, 1.0, 2.0, 4.0>;
#else
using loss = tl::class_weights<tl::nll, 1.0, 2.0, 4.0>;
#endif
void run(tl::trainer<net, loss, tl::sgd>& t, const float* x, const float* y) { t.step(x, y); }
