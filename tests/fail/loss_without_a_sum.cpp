// expect: Tapeless: the 'lower' of this loss must return one number per sample
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct fourth_power {
  static constexpr tl::shape target(tl::shape output) { return output; }
  static constexpr double terms(tl::shape output) { return output.count(); }
  static constexpr tl::value lower(tl::graph&, tl::value y, tl::value t) {
    const tl::value d = (y - t) * (y - t);
#ifdef TAPELESS_FAIL
    return d * d;
#else
    return tl::math::sum(d * d);
#endif
  }
};

struct net : tl::sequential<tl::input<4>, tl::dense<3>> {};

using trainer = tl::trainer<net, fourth_power, tl::sgd, tl::batch<4>>;
float step(trainer& t, const float* xs, const float* ys) { return t.step(xs, ys); }
