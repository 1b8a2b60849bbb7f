// expect: Tapeless: batch_norm in a layer that is used twice would follow two values with one pair of
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::network<net> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{4});
#ifdef TAPELESS_FAIL
    using layer = tl::sequential<tl::dense<4>, tl::batch_norm<>>;
#else
    using layer = tl::sequential<tl::dense<4>, tl::layer_norm<>>;
#endif
    return g.shared<layer>("twice", x) + g.shared<layer>("twice", tl::math::tanh(x));
  }
};

static_assert(tl::output_size<net> == 4);
