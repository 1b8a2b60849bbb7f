// expect: Tapeless: this layer needs an input of channels and one or two axes of space, such as tl::input<3, 32, 32>
// within: 20
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
using layer = tl::prelu_with<tl::prelu_settings{.per_channel = true}>;
#else
using layer = tl::prelu;
#endif
struct net : tl::sequential<tl::input<>, layer> {};

static_assert(tl::output_size<net> == 1);
