// Runs the network that the build has made of policy.onnx.

#include <cstdio>

#include "policy.hpp"

int main() {
  const float observation[] = {0.5f, -1.0f, 0.25f, 2.0f};
  float action[2];
  tl::forward<robot::policy>(robot::policy_weights, observation, action);
  std::printf("action %.6f %.6f\n", static_cast<double>(action[0]), static_cast<double>(action[1]));
}
