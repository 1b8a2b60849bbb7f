// expect: Tapeless: the target of this loss has another number of scalars than this array
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::sequential<tl::input<2>, tl::dense<3>> {};

// Scores of three classes need one index, not three probabilities.
#ifdef TAPELESS_FAIL
using target = std::array<float, 3>;
#else
using target = std::array<float, 1>;
#endif

auto run(const tl::parameters<net>& theta, const std::array<float, 2>& x, const target& t) {
  return tl::value_and_grad<net, tl::cross_entropy>(theta, x, t);
}
