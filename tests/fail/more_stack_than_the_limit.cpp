// expect: Tapeless: a call needs more stack for its intermediate values than stack_limit allows;
// lend it a workspace, or take a smaller batch
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::sequential<tl::input<2>, tl::dense<3>, tl::dense<2>> {};

#ifdef TAPELESS_FAIL
using options = tl::stack_limit<100>;
#else
using options = tl::stack_limit<10000>;
#endif
void run(const tl::parameters<net>& t, const float* x, float* y) {
  tl::forward<net, tl::batch<64>, options>(t, x, y);
}
