// expect: Tapeless: what the body of a scan computes leaves the scan by what the body returns alone
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::network<net> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{4, 3});
    tl::value inside = x[0];
    const auto r = tl::scan(x, x[0], [&](tl::value now, tl::value h) {
      inside = now * h;
      return inside;
    });
#ifdef TAPELESS_FAIL
    return inside;
#else
    return r.last;
#endif
  }
};

float run(const tl::parameters<net>& theta, const float* x) {
  float y[3];
  tl::forward<net>(theta, x, y);
  return y[0];
}
