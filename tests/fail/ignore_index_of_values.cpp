// expect: Tapeless: ignore_index<Loss, Index> needs a loss whose target is the index of a class,
// such as cross_entropy or nll
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::sequential<tl::input<2>, tl::dense<3>> {};

#ifdef TAPELESS_FAIL
using loss = tl::ignore_index<tl::mse>;
#else
using loss = tl::ignore_index<tl::nll>;
#endif

using trainer = tl::trainer<net, loss, tl::sgd>;
float step(trainer& t, const float* xs, const float* ys) { return t.step(xs, ys); }
