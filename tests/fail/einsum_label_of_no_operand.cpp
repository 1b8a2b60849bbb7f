// expect: Tapeless: the result of an einsum has a label that no operand has
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
constexpr const char* subscripts = "mk,k->mz";
#else
constexpr const char* subscripts = "mk,k->mk";
#endif

struct net : tl::network<net> {
  static consteval tl::value define(tl::graph& g) {
    return tl::einsum(subscripts, g.parameter("w", tl::shape{3, 4}), g.input("x", 4));
  }
};

static_assert(tl::output_size<net> == 12);
