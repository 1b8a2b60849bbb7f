// expect: Tapeless: this loss has no 'terms';
// within: 20
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct my_loss {
  static constexpr tl::shape target(tl::shape output) { return output; }
#ifndef TAPELESS_FAIL
  static constexpr double terms(tl::shape output) { return output.count(); }
#endif
  static constexpr tl::value lower(tl::graph&, tl::value y, tl::value t) {
    return tl::math::sum(tl::math::square(y - t));
  }
};

struct net : tl::sequential<tl::input<4>, tl::dense<3>> {};

using trainer = tl::trainer<net, my_loss, tl::sgd, tl::batch<4>>;
float step(trainer& t, const float* xs, const float* ys) { return t.step(xs, ys); }
