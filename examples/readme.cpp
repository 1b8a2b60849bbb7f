#include <fmt/core.h>
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

namespace {

struct net : tl::sequential<tl::input<2>, tl::dense<8>, tl::tanh, tl::dense<1>> {};

static_assert(tl::cost<net>.parameters == 33);  // budgets are constants

}  // namespace

int main() {
  const float xs[] = {0, 0, 0, 1, 1, 0, 1, 1}, ys[] = {0, 1, 1, 0};  // exclusive or
  tl::trainer<net, tl::mse, tl::adam, tl::batch<4>> t{tl::init<net>(tl::seed{1}),
                                                      {.learning_rate = 0.05}};
  for (int i = 0; i <= 100; ++i) {
    const float loss = t.step(xs, ys);  // forward, backward and update: no heap, no tape
    if (i % 50 == 0) fmt::print("step {:3}  loss {:.4f}\n", i, loss);
  }
  fmt::print("1 xor 0 = {:.2f}\n", tl::forward<net>(t.parameters(), std::array{1.0f, 0.0f})[0]);
}
