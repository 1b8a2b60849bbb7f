// expect: Tapeless: the input of this network has another number of scalars than this array
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::sequential<tl::input<2>, tl::dense<8>> {};

auto run(const tl::parameters<net>& theta) {
#ifdef TAPELESS_FAIL
  return tl::forward<net>(theta, std::array{1.0f, 2.0f, 3.0f});
#else
  return tl::forward<net>(theta, std::array{1.0f, 2.0f});
#endif
}
