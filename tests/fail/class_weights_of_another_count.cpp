// expect: Tapeless: class_weights<Loss, ...> has another number of weights than the network has classes
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::sequential<tl::input<2>, tl::dense<3>> {};

#ifdef TAPELESS_FAIL
using loss = tl::class_weights<tl::cross_entropy, 1.0, 2.0>;
#else
using loss = tl::class_weights<tl::cross_entropy, 1.0, 2.0, 4.0>;
#endif
void run(tl::trainer<net, loss, tl::sgd>& t, const float* x, const float* y) { t.step(x, y); }
