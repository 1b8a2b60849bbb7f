// expect: Tapeless: the path of a parameter has more than 95 characters
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#define TEN "abcdefghij"
struct net
    : tl::sequential<tl::input<4>, tl::named<TEN TEN TEN TEN TEN TEN TEN TEN
#ifdef TAPELESS_FAIL
                                             TEN
#endif
                                             , tl::dense<3>>> {
};

static_assert(tl::cost<net>.parameters == 15);
