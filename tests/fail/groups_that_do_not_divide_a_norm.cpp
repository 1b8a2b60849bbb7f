// expect: Tapeless: the groups of a convolution or normalisation must divide its channels, of the input and of the output
// within: 20
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
using layer = tl::group_norm<2>;
#else
using layer = tl::group_norm<3>;
#endif
struct net : tl::sequential<tl::input<3, 8, 8>, layer> {};

static_assert(tl::output_size<net> == 192);
