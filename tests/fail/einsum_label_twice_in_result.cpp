// expect: Tapeless: the result of an einsum has a label twice
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
constexpr const char* result = "mm";
#else
constexpr const char* result = "m";
#endif

struct net : tl::network<net> {
  static consteval tl::value define(tl::graph& g) {
    return tl::einsum(g.parameter("w", tl::shape{3, 4}), "mk", g.input("x", 4), "k", result);
  }
};

static_assert(tl::output_size<net> == 3);
