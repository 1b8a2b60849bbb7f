// expect: Tapeless: a trainer takes pointers to rows and their number: t.predict(
// within: 20
#include <tapeless/tapeless.hpp>
#include <vector>

namespace tl = tapeless;

struct net : tl::sequential<tl::input<2>, tl::dense<8>> {};
using trainer = tl::trainer<net, tl::mse, tl::sgd, tl::batch<4>>;

void run(const trainer& t, const std::vector<float>& xs, std::vector<float>& outputs) {
#ifdef TAPELESS_FAIL
  t.predict(xs, outputs, 4);
#else
  t.predict(xs.data(), outputs.data(), 4);
#endif
}
