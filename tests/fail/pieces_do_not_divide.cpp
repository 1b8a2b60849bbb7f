// expect: Tapeless: the samples of a piece, pieces_of<N>, must divide those of the batch
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::sequential<tl::input<2>, tl::dense<3>, tl::dense<2>> {};

#ifdef TAPELESS_FAIL
using options = tl::pieces_of<3>;
#else
using options = tl::pieces_of<4>;
#endif
void run(const tl::parameters<net>& t, const float* x, float* y) {
  tl::forward<net, tl::batch<8>, options>(t, x, y);
}
