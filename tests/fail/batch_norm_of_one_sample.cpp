// expect: Tapeless: batch_norm cannot train on one number per channel, whose variance is 0; take a batch of at least 2 samples
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
constexpr int batch_size = 1;
#else
constexpr int batch_size = 2;
#endif
struct net : tl::sequential<tl::input<4>, tl::dense<2>, tl::batch_norm<>> {};

void step(tl::trainer<net, tl::mse, tl::sgd, tl::batch<batch_size>>& t, const float* x, const float* y) {
  t.step(x, y);
}
