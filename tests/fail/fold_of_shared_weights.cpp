// expect: Tapeless: the result or the weights of a layer before a batch_norm are used elsewhere
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::network<net> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{4});
    const tl::value y = g.shared<tl::dense<4>>("a", x);
    const tl::value z = g.layer<tl::batch_norm<>>("b", y);
#ifdef TAPELESS_FAIL
    return z + g.shared<tl::dense<4>>("a", z);
#else
    return z + g.layer<tl::dense<4>>("c", z);
#endif
  }
};

int main() { return tl::fold(tl::parameters<net>{}).size == 0; }
