// expect: Tapeless: the alpha of celu is above 0
// within: 20
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
constexpr int alpha = 0;
#else
constexpr int alpha = 2;
#endif
struct net : tl::sequential<tl::input<2>, tl::dense<3>, tl::celu<alpha>> {};
auto run() { return tl::init<net>(tl::seed{1}); }
