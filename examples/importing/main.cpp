// Runs the imported network: the number that train.py has printed.

#include <cstdio>

#include "flow.hpp"

int main() {
  const float readings[] = {0.5f, -0.25f};
  float result;
  tl::forward<flow>(flow_weights, readings, &result);
  std::printf("flow %.5f\n", static_cast<double>(result));
}
