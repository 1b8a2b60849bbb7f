// expect: Tapeless: an input has one number or more along each axis
// within: 20
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

#ifdef TAPELESS_FAIL
constexpr int inputs = 0;
#else
constexpr int inputs = 2;
#endif
struct net : tl::sequential<tl::input<inputs>, tl::dense<3>> {};
auto run() { return tl::init<net>(tl::seed{1}); }
