// The export law for every activation in double, forward and trained.

#include <export/activation_nets.hpp>

namespace tl = tapeless;
using c_export::cheaper, c_export::logistic, c_export::normal, c_export::normalized,
    c_export::piecewise;

TEST_CASE("exported activations in double") {
  c_export::law law;
  law.training<double, piecewise, tl::mse, tl::sgd, tl::batch<3>>();
  law.training<double, logistic, tl::mse, tl::sgd, tl::batch<8>,
               tl::lanes_over<c_export::samples>>();
  law.training<double, normal, tl::mse, tl::sgd, tl::batch<3>>();
  law.training<double, cheaper, tl::mse, tl::sgd>();
  law.training<double, normalized, tl::mse, tl::sgd>();
  law.training<double, normalized, tl::mse, tl::sgd, tl::batch<5>>();
  law.check();
}
