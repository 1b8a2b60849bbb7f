// expect: Tapeless: a loss over the classes of every step needs an output of steps and at least two classes, {steps, classes}
// within: 20
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
using layer = tl::sequential<tl::flatten, tl::dense<3>>;
#else
using layer = tl::dense_per_step<3>;
#endif
struct net : tl::sequential<tl::input<4, 12>, layer> {};

static_assert(tl::cost_of<net, tl::sequence_cross_entropy, tl::sgd>.flops() > 0);
