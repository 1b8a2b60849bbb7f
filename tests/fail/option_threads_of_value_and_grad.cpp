// expect: Tapeless: threads<N> is an option of trainer and compiled_trainer; forward,
// value_and_grad, compiled and exported C run in their caller alone
#include <tapeless/tapeless.hpp>
#include <tapeless/threads.hpp>
namespace tl = tapeless;

struct net : tl::sequential<tl::input<2>, tl::dense<3>, tl::dense<2>> {};

#ifdef TAPELESS_FAIL
using options = tl::threads<2>;
#else
using options = tl::batch<1>;
#endif
float run(const tl::parameters<net>& t, const float* x) {
  return tl::value_and_grad<net, tl::mse, options>(t, x, x).loss;
}
