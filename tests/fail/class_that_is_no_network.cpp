// expect: Tapeless: this type is no network
// within: 24
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::network<net> {
#ifdef TAPELESS_FAIL
  tl::value define(tl::graph& g) { return g.input("x", tl::shape{2}); }
#else
  static consteval tl::value define(tl::graph& g) { return g.input("x", tl::shape{2}); }
#endif
};
auto run(const std::array<float, 2>& x) { return tl::forward<net>(tl::parameters<net>{}, x); }
