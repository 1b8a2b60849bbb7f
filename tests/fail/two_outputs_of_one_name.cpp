// expect: Tapeless: two outputs of this network have the same name; what 'define' returns has the
// name "y" unless g.output gives it another one
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
constexpr const char* name = "y";
#else
constexpr const char* name = "z";
#endif

struct net : tl::network<net> {
  static consteval tl::value define(tl::graph& g) {
    const auto x = g.input("x", tl::shape{3});
    g.output(name, g.dense("a", x, 2));
    return g.dense("b", x, 4);
  }
};

static_assert(tl::output_size<net> == 4);
