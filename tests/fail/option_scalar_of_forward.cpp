// expect: Tapeless: scalar_type<T> among the options of a call names another type than the
// parameters of that call have
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::sequential<tl::input<2>, tl::dense<3>, tl::dense<2>> {};

#ifdef TAPELESS_FAIL
using options = tl::scalar_type<double>;
#else
using options = tl::scalar_type<float>;
#endif
float run(const tl::parameters<net>& t, const float* x) {
  return tl::value_and_grad<net, tl::mse, options>(t, x, x).loss;
}
