// expect: Tapeless: pieces_of<N> needs a network whose samples do not meet; batch_norm in
// expect: training, sums over the batch and random numbers take a batch whole
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
struct net : tl::sequential<tl::input<2>, tl::dense<3>, tl::batch_norm<>, tl::dense<2>> {};
#else
struct net : tl::sequential<tl::input<2>, tl::dense<3>, tl::layer_norm<>, tl::dense<2>> {};
#endif
void run(tl::trainer<net, tl::mse, tl::sgd, tl::batch<8>, tl::pieces_of<4>>& t, const float* x,
         const float* y) {
  t.step(x, y);
}
