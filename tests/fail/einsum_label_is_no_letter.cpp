// expect: Tapeless: the labels of an einsum are letters
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
constexpr const char* subscripts = "m1,1->m";
#else
constexpr const char* subscripts = "mQ,Q->m";
#endif

struct net : tl::network<net> {
  static consteval tl::value define(tl::graph& g) {
    return tl::einsum(subscripts, g.parameter("w", tl::shape{3, 4}), g.input("x", 4));
  }
};

static_assert(tl::output_size<net> == 3);
