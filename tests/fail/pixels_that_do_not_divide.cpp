// expect: Tapeless: the square of the factor of pixel_shuffle divides the channels, the factor of pixel_unshuffle divides height and width
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
constexpr int factor = 3;
#else
constexpr int factor = 2;
#endif

struct net : tl::sequential<tl::input<8, 6, 6>, tl::pixel_shuffle<factor>> {};

static_assert(tl::output_size<net> == 288);
