// Trains a classifier of points inside and outside of a circle with the core alone and prints what
// came out; exit status 1 where it learnt too little. scripts/target_tests.py runs it for other
// processors.
#include <cstdio>
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

namespace {

struct circle : tl::sequential<tl::input<2>, tl::dense<16>, tl::tanh, tl::dense<16>, tl::tanh,
                               tl::dense<1>, tl::sigmoid> {};

}  // namespace

int main() {
  constexpr int rows = 32;
  tl::trainer<circle, tl::bce, tl::adam, tl::batch<rows>> learner{tl::init<circle>(tl::seed{1}),
                                                                  {.learning_rate = 0.01}};
  unsigned state = 2;
  const auto random = [&state] {  // in [-1, 1)
    state = state * 1664525u + 1013904223u;
    return static_cast<float>(state >> 8) * 0x1p-23f - 1;
  };
  float x[rows * 2], y[rows], loss = 0;
  for (int step = 0; step < 1500; ++step) {
    for (int i = 0; i < rows; ++i) {
      for (int k = 0; k < 2; ++k) x[2 * i + k] = random();
      y[i] = x[2 * i] * x[2 * i] + x[2 * i + 1] * x[2 * i + 1] < 0.5f ? 1 : 0;
    }
    loss = learner.step(x, y);
  }
  float p[rows];
  learner.predict(x, p);
  int right = 0;
  for (int i = 0; i < rows; ++i) right += (p[i] > 0.5f) == (y[i] > 0.5f);
  std::printf("%s, vectors of %d floats: loss %.4f, %d of %d right\n", tl::simd::native::name,
              static_cast<int>(tl::simd::max_width<float>), static_cast<double>(loss), right, rows);
  return loss < 0.15f && right >= 30 ? 0 : 1;
}
