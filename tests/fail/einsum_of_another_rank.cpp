// expect: Tapeless: a term of an einsum has another number of labels than its operand has axes
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
constexpr const char* left = "amk";
#else
constexpr const char* left = "mk";
#endif

struct net : tl::network<net> {
  static consteval tl::value define(tl::graph& g) {
    return tl::einsum(g.parameter("w", tl::shape{3, 4}), left, g.input("x", 4), "k", "m");
  }
};

static_assert(tl::output_size<net> == 3);
