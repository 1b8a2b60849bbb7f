// expect: Tapeless: a parameter_group has a weight_decay, but the optimizer has none in its 'settings'
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::sequential<tl::input<2>, tl::dense<3>, tl::dense<2>> {};

struct plain {
  struct options { double learning_rate = 0.1; };
  struct progress {};
  static constexpr int states = 0, scalars = 1;
  static constexpr void advance(const options& o, progress&, double* scalar) { scalar[0] = o.learning_rate; }
  static constexpr tl::update step(tl::value w, tl::value g, const tl::value*, const tl::value* scalar) {
    return {w - scalar[0] * g, {}};
  }
};
#ifdef TAPELESS_FAIL
using group = tl::parameter_group<tl::group_settings{.weight_decay = 0}, "0">;
#else
using group = tl::parameter_group<tl::group_settings{.learning_rate_factor = 0.5}, "0">;
#endif
using trainer = tl::trainer<net, tl::mse, plain, group>;
void run(trainer& t, const float* x) { t.step(x, x); }
