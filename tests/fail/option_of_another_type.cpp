// expect: Tapeless: a type among the options of a call is no option of Tapeless, such as
// tl::batch<32>
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::sequential<tl::input<2>, tl::dense<3>, tl::dense<2>> {};

#ifdef TAPELESS_FAIL
using trainer = tl::trainer<net, tl::mse, tl::sgd, int>;
#else
using trainer = tl::trainer<net, tl::mse, tl::sgd, tl::batch<8>>;
#endif
void run(trainer& t, const float* x) { t.step(x, x); }
