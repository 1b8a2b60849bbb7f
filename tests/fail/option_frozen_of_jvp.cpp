// expect: Tapeless: frozen_paths<...> is an option of trainer, compiled_trainer, value_and_grad and
// c_training_source; forward and compiled train nothing, derivatives have with_respect_to<...>
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::network<net> {
  static consteval tl::value define(tl::graph& g) {
    const auto a = g.input("a", tl::shape{3}), b = g.input("b", tl::shape{2});
    return g.dense("fc", tl::math::concat(a, b), 4);
  }
};

#ifdef TAPELESS_FAIL
const auto j = tl::jvp<net, tl::frozen_paths<"fc">>(tl::parameters<net>{}, std::array<float, 5>{},
                                                    tl::parameters<net>{});
#else
const auto j = tl::jvp<net, tl::with_respect_to<"fc">>(
    tl::parameters<net>{}, std::array<float, 5>{}, tl::parameters<net>{});
#endif
