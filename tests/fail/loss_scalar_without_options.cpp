// expect: Tapeless: a loss reads tl::loss_scalar but has no 'struct options' with
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::sequential<tl::input<2>, tl::dense<3>> {};

struct scaled {
#ifndef TAPELESS_FAIL
  struct options { double factor = 1; };
  static constexpr void numbers(const options& o, double* scalar) { scalar[0] = o.factor; }
#endif
  static constexpr tl::shape target(tl::shape output) { return output; }
  static constexpr double terms(tl::shape output) { return output.count(); }
  static constexpr tl::value lower(tl::graph& g, tl::value y, tl::value t) {
    return tl::loss_scalar(g, 0) * tl::math::sum(tl::math::square(y - t));
  }
};
void run(tl::trainer<net, scaled, tl::sgd>& t, const float* x, const float* y) { t.step(x, y); }
