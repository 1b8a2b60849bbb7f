// A program of a user with the core alone: trains a network and prints its loss.
#include <cstdio>
#include <tapeless/tapeless.hpp>

namespace {

struct net : tapeless::sequential<tapeless::input<4>, tapeless::dense<8>, tapeless::tanh,
                                  tapeless::dropout<0.1>, tapeless::dense<3>> {};

}  // namespace

int main() {
  tapeless::trainer<net, tapeless::cross_entropy, tapeless::adam> trainer{
      tapeless::init<net>(tapeless::seed{1}), {.learning_rate = 0.05}};
  const float x[] = {1, 2, 3, 4}, y[] = {2};
  float loss = 0;
  for (int i = 0; i < 50; ++i) loss = trainer.step(x, y);
  std::printf("%.1f\n", static_cast<double>(loss));
  return loss < 0.5f ? 0 : 1;
}
