// expect: Tapeless: a stream needs the same computation at each sample
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::network<net> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{2, 64});
#ifdef TAPELESS_FAIL
    return x * g.parameter("w", tl::shape{64});
#else
    return x * g.parameter("w", tl::shape{2, 1});
#endif
  }
};

float run(tl::stream<net>& s, const tl::parameters<net>& theta) {
  float x[2] = {}, y[2] = {};
  s.step(theta, x, y);
  return y[0];
}
