// expect: Tapeless: pieces_of<N> is an option of forward, compiled, trainer and
// expect: compiled_trainer; other calls take a batch whole
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::sequential<tl::input<2>, tl::dense<3>, tl::dense<2>> {};

#ifdef TAPELESS_FAIL
using options = tl::pieces_of<4>;
#else
using options = tl::batch<8>;
#endif
float run(const tl::parameters<net>& t, const float* x, const float* y, tl::parameters<net>& g) {
  return tl::value_and_grad<net, tl::mse, options>(t, x, y, g);
}
