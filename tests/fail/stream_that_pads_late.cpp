// expect: Tapeless: a stream pads in front of the first sample alone
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
constexpr tl::kernel first{.size = 3};
#else
constexpr tl::kernel first{.size = 3, .padding = tl::padding::causal};
#endif
constexpr tl::kernel second{.size = 2, .padding = tl::padding::causal};

struct net : tl::sequential<tl::input<1, 64>, tl::conv1d<4, first>, tl::tanh, tl::conv1d<1, second>> {};

float run(tl::stream<net>& s, const tl::parameters<net>& theta) { return s.step(theta, 0.5f); }
