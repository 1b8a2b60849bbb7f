// expect: Tapeless: a loss over classes needs an output of at least two scores, one is always
// right; for two classes and one output take bce_with_logits
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::sequential<tl::input<2>, tl::dense<1>> {};

#ifdef TAPELESS_FAIL
using loss = tl::cross_entropy;
#else
using loss = tl::bce_with_logits;
#endif

using trainer = tl::trainer<net, loss, tl::sgd>;
float step(trainer& t, const float* xs, const float* ys) { return t.step(xs, ys); }
