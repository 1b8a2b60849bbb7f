// expect: Tapeless: this loss does not depend on the output of the network;
// within: 20
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct my_loss {
  static constexpr tl::shape target(tl::shape output) { return output; }
  static constexpr double terms(tl::shape output) { return output.count(); }
  static constexpr tl::value lower(tl::graph&, [[maybe_unused]] tl::value y,
                                   [[maybe_unused]] tl::value t) {
#ifdef TAPELESS_FAIL
    return 1.0;
#else
    return tl::math::sum(y * t);
#endif
  }
};

struct net : tl::sequential<tl::input<4>, tl::dense<3>> {};

using trainer = tl::trainer<net, my_loss, tl::sgd, tl::batch<4>>;
float step(trainer& t, const float* xs, const float* ys) { return t.step(xs, ys); }
