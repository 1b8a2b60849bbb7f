// expect: Tapeless: a group_norm or instance_norm over one number makes it 0; take fewer groups, or normalise before space is gone
// within: 20
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
using layer = tl::instance_norm<>;
#else
using layer = tl::layer_norm<>;
#endif
struct net : tl::sequential<tl::input<3>, layer> {};

static_assert(tl::output_size<net> == 3);
