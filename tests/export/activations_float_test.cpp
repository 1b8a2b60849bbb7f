// The export law for every activation in float, forward and trained.

#include <export/activation_nets.hpp>

namespace tl = tapeless;
using c_export::cheaper, c_export::logistic, c_export::normal, c_export::normalized,
    c_export::piecewise;

TEST_CASE("exported activations in float") {
  c_export::law law;
  law.training<float, piecewise, tl::mse, tl::sgd, tl::batch<3>>();
  law.training<float, logistic, tl::mse, tl::sgd>();
  law.training<float, normal, tl::mse, tl::sgd, tl::batch<3>>();
  law.forward<float, cheaper>();
  law.training<float, normalized, tl::mse, tl::sgd>();
  law.check();
}
