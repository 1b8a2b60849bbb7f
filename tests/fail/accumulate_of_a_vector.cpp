// expect: Tapeless: a trainer takes pointers to rows: t.accumulate(
// within: 20
#include <tapeless/tapeless.hpp>
#include <vector>

namespace tl = tapeless;

struct net : tl::sequential<tl::input<2>, tl::dense<8>> {};
using trainer = tl::trainer<net, tl::mse, tl::sgd, tl::batch<4>>;

float run(trainer& t, const std::vector<float>& xs, const std::vector<float>& ys) {
#ifdef TAPELESS_FAIL
  return t.accumulate(xs, ys);
#else
  return t.accumulate(xs.data(), ys.data());
#endif
}
