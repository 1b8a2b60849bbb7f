// expect: Tapeless: the input of this network has another number of scalars than this array
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::sequential<tl::input<2>, tl::dense<8>> {};

#ifdef TAPELESS_FAIL
using row = std::array<float, 3>;
#else
using row = std::array<float, 2>;
#endif

auto run(const tl::parameters<net>& theta, const std::array<row, 4>& xs) {
  return tl::forward<net>(theta, xs);
}
