// expect: Tapeless: threads<N> and by_reference stand together among the options of a call; the
// reference runs in its caller alone
#include <tapeless/tapeless.hpp>
#include <tapeless/threads.hpp>
namespace tl = tapeless;

struct net : tl::sequential<tl::input<2>, tl::dense<3>, tl::dense<2>> {};

#ifdef TAPELESS_FAIL
using trainer = tl::trainer<net, tl::mse, tl::sgd, tl::threads<2>, tl::by_reference>;
#else
using trainer = tl::trainer<net, tl::mse, tl::sgd, tl::threads<2>>;
#endif
void run(trainer& t, const float* x) { t.step(x, x); }
