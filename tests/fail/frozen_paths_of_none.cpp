// expect: Tapeless: frozen_paths names at least one path
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::sequential<tl::input<2>, tl::dense<3>, tl::dense<2>> {};

#ifdef TAPELESS_FAIL
using frozen = tl::frozen_paths<>;
#else
using frozen = tl::frozen_paths<"0">;
#endif
using trainer = tl::trainer<net, tl::mse, tl::sgd, frozen>;
void run(trainer& t, const float* x) { t.step(x, x); }
