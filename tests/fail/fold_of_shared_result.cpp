// expect: Tapeless: the result or the weights of a layer before a batch_norm are used elsewhere
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::network<net> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{4});
    const tl::value y = tl::sequential<tl::named<"a", tl::dense<4>>>::lower(g, x);
    const tl::value z = tl::sequential<tl::named<"b", tl::batch_norm<>>>::lower(g, y);
#ifdef TAPELESS_FAIL
    return z + y;
#else
    return z + x;
#endif
  }
};

int main() { return tl::fold(tl::parameters<net>{}).size == 0; }
