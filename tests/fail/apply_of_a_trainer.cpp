// expect: Tapeless: tl::apply<Op>(x) records an operation in a graph;
// within: 20
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::sequential<tl::input<2>, tl::dense<8>> {};
using trainer = tl::trainer<net, tl::mse, tl::sgd, tl::batch<4>>;

void update(trainer& t) {
#ifdef TAPELESS_FAIL
  tl::apply(t);
#else
  t.apply();
#endif
}
