// expect: Tapeless: the parameters and the data of a call have different scalar types
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::sequential<tl::input<2>, tl::dense<8>> {};

auto run(const tl::parameters<net>& theta) {
#ifdef TAPELESS_FAIL
  return tl::forward<net>(theta, std::array{1.0, 2.0});
#else
  return tl::forward<net>(theta, std::array{1.0f, 2.0f});
#endif
}
