// expect: Tapeless: this network has no parameter of that path
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::sequential<tl::input<2>, tl::named<"encoder", tl::dense<8>>, tl::dense<1>> {};

#ifdef TAPELESS_FAIL
using frozen = tl::frozen_paths<"decoder">;
#else
using frozen = tl::frozen_paths<"encoder">;
#endif

using trainer = tl::trainer<net, tl::mse, tl::sgd, frozen>;
float step(trainer& t, const float* xs, const float* ys) { return t.step(xs, ys); }
