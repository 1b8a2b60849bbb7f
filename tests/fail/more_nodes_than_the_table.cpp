// expect: Tapeless: this network has more nodes than its table holds; raise it with 'static constexpr int max_nodes' in the network
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::network<net> {
#ifdef TAPELESS_FAIL
  static constexpr int max_nodes = 64;
#endif
  static consteval tl::value define(tl::graph& g) {
    auto x = g.input("x", tl::shape{4});
    for (int i = 0; i < 100; ++i) x = tl::math::tanh(x);
    return x;
  }
};

static_assert(tl::output_size<net> == 4);
