// expect: Tapeless: a shared layer stands where its parameter would have another shape than where it
// stood first
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
constexpr int inputs = 5;
#else
constexpr int inputs = 4;
#endif
struct net : tl::network<net> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value a = g.input("a", tl::shape{4}), b = g.input("b", tl::shape{inputs});
    return g.shared<tl::dense<2>>("fc", a) + g.shared<tl::dense<2>>("fc", b);
  }
};

static_assert(tl::output_size<net> == 2);
