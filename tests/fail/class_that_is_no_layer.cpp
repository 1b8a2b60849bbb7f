// expect: Tapeless: this type is no layer;
// within: 20
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct attention {
#ifdef TAPELESS_FAIL
  int heads = 4;
#else
  static constexpr tl::value lower(tl::graph&, tl::value x) { return x; }
#endif
};

struct net : tl::sequential<tl::input<16>, attention, tl::dense<2>> {};

static_assert(tl::output_size<net> == 2);
