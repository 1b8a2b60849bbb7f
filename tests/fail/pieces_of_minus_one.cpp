// expect: Tapeless: pieces_of<N> takes the samples of a piece, or 0 for whole batches
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::sequential<tl::input<2>, tl::dense<3>, tl::dense<2>> {};

#ifdef TAPELESS_FAIL
using options = tl::pieces_of<-1>;
#else
using options = tl::pieces_of<0>;
#endif
void run(const tl::parameters<net>& t, const float* x, float* y) {
  tl::forward<net, tl::batch<8>, options>(t, x, y);
}
