// Trains the imported network where it runs: the first sensor reads 0.3 more than it did.

#include <cmath>
#include <cstdio>

#include "flow.hpp"

int main() {
  tl::trainer<flow, tl::mse, tl::adam, tl::batch<16>> trainer{flow_weights,
                                                              {.learning_rate = 0.01}};
  tl::mt19937 random(1);
  float readings[2 * 16], flows[16];
  for (int step = 0; step <= 400; ++step) {
    for (int i = 0; i < 16; ++i) {
      const double a = random.uniform(-1, 1), b = random.uniform(-1, 1);
      readings[2 * i] = static_cast<float>(a + 0.3);
      readings[2 * i + 1] = static_cast<float>(b);
      flows[i] = static_cast<float>(std::sin(2 * a) * (1 + b));
    }
    const float loss = trainer.step(readings, flows);
    if (step % 200 == 0) std::printf("step %3d  loss %.5f\n", step, static_cast<double>(loss));
  }
}
